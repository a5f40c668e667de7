import { describedEnum } from '#platform/graphql';

export const ReportType = describedEnum('ReportType', 'What a report shows.', {
  SUMMARY: 'Figures by day and service.',
  DETAILS: 'One service row by row: every message, every dialogue and chat message, or every call.',
  PAYMENTS: 'Every movement of the account: payments, charges, adjustments, refunds.',
});

export const ReportStatus = describedEnum('ReportStatus', 'Where a report stands.', {
  GENERATING: 'It waits to be made or is being made.',
  GENERATED: 'Its file is ready.',
  ERROR: 'It could not be made; `error` says why.',
  EXPIRED: 'The file was removed when its keeping time ended; it can be generated again.',
});

export const ReportOrigin = describedEnum('ReportOrigin', 'Who asked for a report.', {
  SYSTEM: 'A schedule.',
  USER: 'A person or a program of the company.',
});

export const ReportFormat = describedEnum('ReportFormat', 'Form of the file.', {
  XLSX: 'Workbook of Excel and other spreadsheets: a cover sheet, then one sheet a table, with totals.',
  CSV: 'Comma-separated values: a header and the rows.',
});

export const ReportLocale = describedEnum('ReportLocale', 'Language of labels and dates in the file.', {
  EN: 'English; in CSV commas between values and decimal points.',
  RU: 'Russian; in CSV semicolons between values and decimal commas.',
});
