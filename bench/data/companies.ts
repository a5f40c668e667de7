import type { BenchCompany, World } from '../world.ts';

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
