import type { World } from '../world.ts';
import { send } from './ingest.ts';
import { monthEvents } from './month-events.ts';

/** The month that is closed: the last one that is over. */
export const BILLED_MONTH = '2026-02-01';

/** Within it, in every zone, so that no earlier month is closed as well. */
const REGISTERED_AT = '2026-02-02Z';
const ZONES = ['Europe/Moscow', 'America/New_York', 'Asia/Kathmandu', 'Etc/UTC'];
const DETAILS = `INSERT INTO billing.company_details
    (company_id, legal_name, tax_id, country, city, street, postal_code, bank_name, bank_account)
  SELECT id, 'Company ' || id, '770' || lpad(id::text, 7, '0'), 'RU', 'Moscow', '1 Street', '101000', 'Bank', lpad(id::text, 20, '4')
  FROM unnest($1::bigint[]) AS id`;
const AT_ONCE = 4;

/**
 * Companies in four zones with complete details, which have used every service around the month and whose months nobody has begun
 * to close. Their events come in through the gateway.
 */
export async function billedCompanies(world: World, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push(await world.register('billed', ZONES[index % ZONES.length] as string, REGISTERED_AT));
  }
  await world.withOwner((client) => client.query(DETAILS, [ids]));
  await world.withService(
    async (url) => {
      const waiting = ids.values();
      const work = async () => {
        for (const id of waiting) await ingest(world, url, id);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    },
    { workers: false },
  );
  return ids;
}

async function ingest(world: World, url: string, companyId: string): Promise<void> {
  const token = await world.token(['ingest:write'], companyId);
  for (const [kind, events] of Object.entries(monthEvents(Number(companyId)))) {
    const lines = events.map((event: object) => `${JSON.stringify(event)}\n`).join('');
    await send(url, token, [Buffer.from(lines)], kind);
  }
}
