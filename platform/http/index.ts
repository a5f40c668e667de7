export { bearerToken } from './bearer.ts';
export { createHttpServer, type HttpServerOptions, listen, REQUEST_ID_HEADER } from './server.ts';
