import type { BenchCompany, World } from '../world.ts';
import { copyInto } from './copy.ts';
import { messageRows } from './message-rows.ts';

/** The company of the year's questions. */
export function yearCompany(world: World, messages: number): Promise<BenchCompany> {
  return world.company('year', { timeZone: 'Europe/Moscow', messages });
}

/** The same with fewer messages, and levels all the same. */
export function mediumCompany(world: World, messages: number): Promise<BenchCompany> {
  return world.company('medium', { timeZone: 'Europe/Moscow', messages });
}

/** One that is counted from its rows. */
export function smallCompany(world: World, messages: number): Promise<BenchCompany> {
  return world.company('small', { timeZone: 'Europe/Moscow', messages });
}

/** One whose days are those of UTC, for those who know no other. */
export function utcCompany(world: World, messages: number): Promise<BenchCompany> {
  return world.company('utc', { timeZone: 'Etc/UTC', messages });
}

/** One that sends nothing but SMS, a year of them, and has no levels: a report reads rows. */
export async function smsCompany(world: World, messages: number): Promise<{ id: string }> {
  const id = await world.register('sms', 'Europe/Moscow');
  await world.withOwner(async (client) => {
    await copyInto(client, messageRows(id, { seed: Number(id), count: messages, channel: 'SMS' }));
    await client.query('VACUUM ANALYZE messaging_stats.messages');
  });
  return { id };
}
