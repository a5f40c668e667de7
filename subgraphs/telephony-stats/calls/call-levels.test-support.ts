import { type CompanyId, Database, roleUrl } from '#platform/database';
import { agrees, compareLevels, lookAfter, rebuildLevels } from '#platform/rollups';
import { TEST_ROLE_SECRET } from '../../../tests/support/test-database.ts';
import { CALL_ROLLUP } from './call.rollup.ts';

const ROLLUPS = [CALL_ROLLUP];

/** The levels of companies in a test's database, as those who look after them see them. */
export class TestLevels {
  readonly database: Database;

  constructor(ownerUrl: string) {
    const url = roleUrl(ownerUrl, 'telephony_stats', TEST_ROLE_SECRET);
    this.database = new Database({ url, applicationName: 'test', poolSize: 6, connectTimeoutMs: 10_000 });
  }

  /** Builds the levels of a company that has any calls, or moves deltas into them. */
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

  compare(companyId: CompanyId) {
    return this.database.read(companyId, (transaction) => compareLevels(transaction, CALL_ROLLUP.fact));
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
