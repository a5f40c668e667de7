export { type CompanyId, parseCompanyId } from './company-id.ts';
export { Database, type DatabaseOptions, type Snapshot } from './database.ts';
export { type GivenColumn, givenRows } from './given-rows.ts';
export { type DatabaseOwner, EVERY_SUBGRAPH, type ProvisionOptions, provision, roleUrl } from './provision.ts';
export { type Column, RowTable } from './row-table.ts';
export { identifier, join, Sql, sql } from './sql.ts';
export { distribute, protectTable } from './table-rules.ts';
export { StatementError, Transaction } from './transaction.ts';
export { timestamp, timestampOrNull } from './value-types.ts';
