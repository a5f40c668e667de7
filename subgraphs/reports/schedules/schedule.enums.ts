import { describedEnum } from '#platform/graphql';

export const ScheduleFrequency = describedEnum('ScheduleFrequency', 'How often a schedule makes a report.', {
  DAILY: 'Every local day, of the day before.',
  WEEKLY: 'Every Monday, of the week before, from Monday to Sunday.',
  MONTHLY: 'On the first of every month, of the month before.',
});
