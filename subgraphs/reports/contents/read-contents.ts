import { callDetails } from './call-details.ts';
import { chatDetails } from './chat-details.ts';
import type { Contents, ContentsOptions } from './contents.ts';
import { messageDetails } from './message-details.ts';
import { payments } from './payments.ts';
import { summary } from './summary.ts';

/** What a report's file holds. Its tables are read from the graph while their rows are taken. */
export async function readContents(options: ContentsOptions): Promise<Contents> {
  const { type, service } = options.report;
  if (type === 'SUMMARY') return summary(options);
  if (type === 'PAYMENTS') return payments(options);
  if (service === 'CHATS') return chatDetails(options);
  return service === 'CALLS' ? callDetails(options) : messageDetails(options);
}
