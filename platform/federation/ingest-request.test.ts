import { once } from 'node:events';
import { connect } from 'node:net';
import { pino } from 'pino';
import { createHttpServer, listen } from '#platform/http';
import { INGEST_ROUTE, leaveBodiesUnread, readIngestRequest } from './ingest-request.ts';

test('a body that is refused in its middle is taken to its end, though its reader ends only after the answer', async () => {
  const reading = Promise.withResolvers<AsyncIterator<Uint8Array>>();
  const server = createHttpServer({ logger: pino({ level: 'silent' }), maxBodyBytes: 100 });
  await server.register(async (ingest) => {
    leaveBodiesUnread(ingest);
    ingest.post('/ingest/:kind', INGEST_ROUTE, async (request, reply) => {
      const pieces = readIngestRequest(request).body[Symbol.asyncIterator]();
      await pieces.next();
      reading.resolve(pieces);
      return reply.status(400).send('refused');
    });
  });
  server.get('/next', async () => 'still here');
  const port = await listen(server, '127.0.0.1', 0);
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let received = '';
  socket.on('data', (text) => {
    received += text;
  });
  try {
    const head = 'POST /ingest/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n';
    const chunk = `${(65_520).toString(16)}\r\n${'no JSON at all\n'.repeat(4368)}\r\n`;
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`);
    await once(socket, 'data');
    await (await reading.promise).return?.();
    // 26 MB, far more than any buffer on the way holds.
    for (let written = 0; written < 400; written++) if (!socket.write(chunk)) await once(socket, 'drain');
    socket.write('0\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await once(socket, 'close');
    expect(received.match(/HTTP\/1.1 \d+|refused|still here/g)).toEqual([
      'HTTP/1.1 400',
      'refused',
      'HTTP/1.1 200',
      'still here',
    ]);
  } finally {
    await server.close();
  }
});
