export { bearerToken } from './bearer.ts';
export { createHttpServer, type HttpServerOptions, listen } from './server.ts';
