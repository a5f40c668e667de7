import type { BenchCompany, World } from '../world.ts';
import { copyInto } from './copy.ts';
import { messageRows } from './message-rows.ts';

/** How many messages a company has, and in which zone it lives. */
export interface MessageCompany {
  readonly timeZone: string;
  readonly messages: number;
}

/** What ingest counts as rows come. */
const COUNTED = `INSERT INTO messaging_stats.rollup_state (company_id, fact, status, row_count) VALUES ($1, 'messages', 'raw', $2)`;

/** A company with a year of messages, and with levels where it is large enough for them. */
export function messageCompany(
  world: World,
  name: string,
  { timeZone, messages }: MessageCompany,
): Promise<BenchCompany> {
  return world.company(name, {
    timeZone,
    has: `${messages.toLocaleString('en-US')} messages`,
    async fill({ id }) {
      await world.withOwner(async (client) => {
        await copyInto(client, messageRows(id, { seed: Number(id), count: messages }));
        await client.query(COUNTED, [id, messages]);
      });
      await world.fold(id);
    },
  });
}

/** The company of the year's questions. */
export function yearCompany(world: World, messages: number): Promise<BenchCompany> {
  return messageCompany(world, 'year', { timeZone: 'Europe/Moscow', messages });
}

/** The same with fewer messages, and levels all the same. */
export function mediumCompany(world: World, messages: number): Promise<BenchCompany> {
  return messageCompany(world, 'medium', { timeZone: 'Europe/Moscow', messages });
}

/** One that is counted from its rows. */
export function smallCompany(world: World, messages: number): Promise<BenchCompany> {
  return messageCompany(world, 'small', { timeZone: 'Europe/Moscow', messages });
}

/** One whose days are those of UTC, for those who know no other. */
export function utcCompany(world: World, messages: number): Promise<BenchCompany> {
  return messageCompany(world, 'utc', { timeZone: 'Etc/UTC', messages });
}

/** One that sends nothing but SMS, a year of them, and has no levels: a report reads rows. */
export function smsCompany(world: World, messages: number): Promise<BenchCompany> {
  return world.company('sms', {
    timeZone: 'Europe/Moscow',
    has: `${messages.toLocaleString('en-US')} SMS`,
    fill: ({ id }) =>
      world.withOwner((client) =>
        copyInto(client, messageRows(id, { seed: Number(id), count: messages, channel: 'SMS' })),
      ),
  });
}
