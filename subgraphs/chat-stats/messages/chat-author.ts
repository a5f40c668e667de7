/** Who wrote a chat message, with the names that people know them by. */
export const CHAT_AUTHORS = { CLIENT: 'Client', BOT: 'Bot', OPERATOR: 'Operator' } as const;
export type ChatAuthorName = keyof typeof CHAT_AUTHORS;

export const CHAT_AUTHOR_NAMES = Object.keys(CHAT_AUTHORS) as ChatAuthorName[];
