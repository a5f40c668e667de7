/** What a process tells the one that started it, over the channel between them. */
export type ChildMessage =
  | { readonly kind: 'started'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly message: string };

/** The option with which a process is started that belongs to another one. */
export const OWNED_OPTION = '--owned';

/** Message to the gateway's process: everything that has to be done before the first request is done. */
export const READY_MESSAGE = 'ready';

/** Begins the message to a subgraph's process that says at which address its jobs find the gateway. */
export const GATEWAY_MESSAGE = 'gateway ';
