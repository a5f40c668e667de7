/** What a process tells the one that started it, over the channel between them. */
export type ChildMessage =
  | { readonly kind: 'started'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly message: string };

/** The option with which a process is started that belongs to another one. */
export const OWNED_OPTION = '--owned';

/** Message to the gateway's process: everything that has to be done before the first request is done. */
export const READY_MESSAGE = 'ready';
