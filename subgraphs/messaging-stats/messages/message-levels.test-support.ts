import { type CompanyId, Database, roleUrl, sql } from '#platform/database';
import { agrees, compareLevels, lookAfter, rebuildLevels } from '#platform/rollups';
import { TEST_ROLE_SECRET } from '../../../tests/support/test-database.ts';
import { MESSAGE_ROLLUP } from './message.rollup.ts';

const ROLLUPS = [MESSAGE_ROLLUP];

/** The levels of companies in a test's database, as those who look after them see them. */
export class TestLevels {
  readonly database: Database;

  constructor(ownerUrl: string) {
    const url = roleUrl(ownerUrl, 'messaging_stats', TEST_ROLE_SECRET);
    this.database = new Database({ url, applicationName: 'test', poolSize: 6, connectTimeoutMs: 10_000 });
  }

  /** Builds the levels of a company that has any messages, or moves deltas into them. */
  fold(companyId: CompanyId): Promise<boolean> {
    return lookAfter(this.database, companyId, ROLLUPS, { minRows: 1 });
  }

  rebuild(companyId: CompanyId): Promise<boolean> {
    return rebuildLevels(this.database, companyId, ROLLUPS);
  }

  /** Takes the levels away, as of a company that has grown small. */
  drop(companyId: CompanyId): Promise<boolean> {
    return lookAfter(this.database, companyId, ROLLUPS, { minRows: 1_000_000 });
  }

  /** Is at the levels of a company until released. */
  async holdLock(companyId: CompanyId): Promise<{ release(): Promise<void> }> {
    const { promise: taken, resolve: take } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const holding = this.database.write(companyId, async (transaction) => {
      await transaction.arrays('test.lock', sql`SELECT FROM rollup_lock WHERE company_id = ${companyId} FOR UPDATE`);
      take();
      await released;
    });
    await taken;
    return {
      release() {
        release();
        return holding;
      },
    };
  }

  compare(companyId: CompanyId) {
    return this.database.read(companyId, (transaction) => compareLevels(transaction, MESSAGE_ROLLUP.fact));
  }

  /** Fails the test where levels and deltas say anything else than the raw rows in one snapshot. */
  async expectAgreement(companyId: CompanyId): Promise<void> {
    const comparison = await this.compare(companyId);
    if (!agrees(comparison))
      expect(comparison).toEqual({ ...comparison, rowCount: comparison.state.rowCount, differences: [], unmarked: {} });
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
