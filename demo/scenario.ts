import { DateTime } from 'luxon';
import { demoCalls, demoTrunks } from './calls.ts';
import { demoChatMessages, demoDialogues, demoDirectory } from './chats.ts';
import { demoMessages } from './messages.ts';
import { demoOperatorSessions, demoOperatorStates } from './operators.ts';

/** What a stream of demo lines is made from. Moments are epoch milliseconds. */
export interface DemoStreamOptions {
  seed: number;
  from: number;
  /** The present: no line tells of anything later. */
  to: number;
  timeZone: string;
}

/** The lines of one kind of the ingest. Every call of `lines` with the same options gives the same lines. */
export interface DemoStream {
  /** As in the path of the ingest: `POST /ingest/{kind}`. */
  kind: string;
  lines(options: DemoStreamOptions): Iterable<object>;
}

/** A company and all that is sent for it, in the order of the streams. */
export interface DemoScenario {
  seed: number;
  company: { id: string; name: string; timeZone: string; currency: string };
  /** Length of the history in calendar months, up to the present. */
  months: number;
  streams: readonly DemoStream[];
}

/** The demo company, number 1. */
export const DEMO_SCENARIO: DemoScenario = {
  seed: 7,
  company: { id: '1', name: 'Demo Company', timeZone: 'Europe/Moscow', currency: 'EUR' },
  months: 3,
  streams: [
    { kind: 'messages', lines: demoMessages },
    { kind: 'directory', lines: demoDirectory },
    { kind: 'dialogues', lines: demoDialogues },
    { kind: 'chat-messages', lines: demoChatMessages },
    { kind: 'operator-sessions', lines: demoOperatorSessions },
    { kind: 'operator-states', lines: demoOperatorStates },
    { kind: 'directory', lines: demoTrunks },
    { kind: 'calls', lines: demoCalls },
  ],
};

/** The options of a scenario's streams at a given present: the history begins with a local day. */
export function streamOptions({ seed, company, months }: DemoScenario, now: number): DemoStreamOptions {
  const { timeZone } = company;
  const from = DateTime.fromMillis(now, { zone: timeZone }).minus({ months }).startOf('day').toMillis();
  return { seed, from, to: now, timeZone };
}
