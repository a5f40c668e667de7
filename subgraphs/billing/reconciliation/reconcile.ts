import type { UsageSnapshot } from '../invoices/invoice-snapshot.ts';

/** What was billed of a service beside what the statistics say now. */
export interface ReconciledService {
  service: UsageSnapshot['service'];
  billed: UsageSnapshot;
  present: UsageSnapshot;
  /** Present less billed, millionths, net. */
  differenceMicros: bigint;
}

/** Sets two usages of a month side by side, in the order of the billed one; a service that one of them lacks counts nothing there. */
export function reconcile(billed: readonly UsageSnapshot[], present: readonly UsageSnapshot[]): ReconciledService[] {
  const services = new Set([...billed, ...present].map(({ service }) => service));
  return [...services].map((service) => {
    const was = billed.find((one) => one.service === service);
    const is = present.find((one) => one.service === service);
    const sides = { billed: was ?? nothingOf(is), present: is ?? nothingOf(was) };
    const differenceMicros = BigInt(sides.present.amountMicros) - BigInt(sides.billed.amountMicros);
    return { service, ...sides, differenceMicros };
  });
}

/** Whether anything of a service is other than it was billed. */
export function differs({ billed, present }: ReconciledService): boolean {
  return (
    billed.amountMicros !== present.amountMicros ||
    billed.quantity !== present.quantity ||
    billed.unpriced !== present.unpriced
  );
}

function nothingOf(other: UsageSnapshot | undefined): UsageSnapshot {
  if (!other) throw new Error('a service was used on neither side');
  return { service: other.service, unit: other.unit, quantity: '0', amountMicros: '0', unpriced: 0 };
}
