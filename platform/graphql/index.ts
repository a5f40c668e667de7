export { checkScopes } from './authorization.ts';
export { ConnectionArgs, type ConnectionOf, connectionTypes } from './connection.types.ts';
export { isStorableText, readCursor, writeCursor } from './cursor.ts';
export { describedEnum } from './enums.ts';
export { GRAFANA_DESCRIPTION, grafanaLink } from './grafana-link.ts';
export { DEFAULT_PAGE, LARGEST_PAGE, type Page, type Place, pageClauses, readPage, toConnection } from './keyset.ts';
export { type NamedPage, namedPageClauses, readNamedPage, toNamedConnection } from './named-page.ts';
export { toBuckets, toPeriod } from './period.ts';
export {
  Bucket,
  Comparison,
  DatesInput,
  Granularity,
  Period,
  PeriodInput,
  PeriodPreset,
  RangeInput,
} from './period.types.ts';
export { RequestContext, type RequestContextOptions } from './request-context.ts';
export { Currency, DateTime, Decimal, LocalDate, LocalTime, SafeInt, TimeZone } from './scalars.ts';
export {
  ExternalLink,
  FileLink,
  Money,
  PageInfo,
  Service,
  type ServiceName,
  UsageLine,
  UserError,
} from './shared.types.ts';
export { answerUsage, type UsageQuestion, type Used } from './usage.ts';
export { requireVisibleCompany } from './visible-company.ts';
