import type { MigrationInterface, QueryRunner } from 'typeorm';
import { geohashOf } from '../locations/geohash.ts';

const PAGE = 10_000;

/** dialogues: the cell of the map in which a dialogue began, of eight characters; null without coordinates. */
export class AddGeohashes1764100000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE chat_stats.dialogues ADD COLUMN geohash text COLLATE "C"');
    // The owner sees no rows otherwise; whoever else works here waits for the end of this transaction.
    await runner.query('ALTER TABLE chat_stats.dialogues DISABLE ROW LEVEL SECURITY');
    while (await this.fill(runner));
    await runner.query('ALTER TABLE chat_stats.dialogues ENABLE ROW LEVEL SECURITY');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE chat_stats.dialogues DROP COLUMN geohash');
  }

  /** Gives the dialogues of some places their geohash; whether there were any. */
  private async fill(runner: QueryRunner): Promise<boolean> {
    const places: { latitude: number; longitude: number }[] = await runner.query(
      `SELECT DISTINCT latitude, longitude FROM chat_stats.dialogues
        WHERE geohash IS NULL AND latitude IS NOT NULL AND longitude IS NOT NULL LIMIT ${PAGE}`,
    );
    if (places.length === 0) return false;
    await runner.query(
      `UPDATE chat_stats.dialogues AS dialogue SET geohash = place.geohash
        FROM unnest($1::float8[], $2::float8[], $3::text[]) AS place(latitude, longitude, geohash)
        WHERE dialogue.latitude = place.latitude AND dialogue.longitude = place.longitude`,
      [
        places.map(({ latitude }) => latitude),
        places.map(({ longitude }) => longitude),
        places.map(({ latitude, longitude }) => geohashOf(latitude, longitude)),
      ],
    );
    return true;
  }
}
