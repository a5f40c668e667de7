import { describedEnum } from '#platform/graphql';

export const ReportType = describedEnum('ReportType', 'What a report shows.', {
  SUMMARY: 'Figures by day.',
  DETAILS: 'Every message, chat or call.',
  PAYMENTS: 'Invoices and transactions.',
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
  XLSX: 'Workbook of Excel and other spreadsheets.',
  CSV: 'Comma-separated values.',
});

export const ReportLocale = describedEnum('ReportLocale', 'Language of labels and dates in the file.', {
  EN: 'English.',
  RU: 'Russian.',
});
