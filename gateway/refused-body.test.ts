import { ServiceError } from '#platform/errors';
import { behindHttp, type HttpSubgraph } from '../tests/support/http-subgraph.ts';
import { TEST_NOW } from '../tests/support/test-service.ts';
import { type OpenedGateway, openGateway, send, stubSubgraph } from './opened-gateway.test-support.ts';

// A subgraph that refuses a body before its end, in the gateway's process and behind HTTP.
let gateway: OpenedGateway | undefined;
let subgraph: HttpSubgraph | undefined;
afterEach(async () => {
  await gateway?.stop();
  await subgraph?.stop();
  gateway = subgraph = undefined;
});

/** What the subgraph does before it refuses; `full` comes when the sender can send no more. */
type Reading = (body: AsyncIterable<Uint8Array>, full: Promise<void>) => Promise<void>;

const readsSome: Reading = async (body) => {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > 1_000_000) return;
  }
};
const readsNothing: Reading = (_, full) => full;

test.each<[string, Reading, boolean]>([
  ['in one process, while it is read', readsSome, false],
  ['in one process, while nobody reads and everything is full', readsNothing, false],
  ['behind HTTP, while it is read', readsSome, true],
  ['behind HTTP, while nobody reads and everything is full', readsNothing, true],
])(
  'a refusal in the middle of an endless body, %s, reaches the sender, and the gateway can stop',
  async (_, read, http) => {
    const full = Promise.withResolvers<void>();
    const refusing = stubSubgraph('messaging-stats', {
      ingestKinds: ['messages'],
      async ingest({ body }) {
        await read(body, full.promise);
        throw new ServiceError('PAYLOAD_TOO_LARGE', 'this is too much; send it in parts.');
      },
    });
    if (http) subgraph = await behindHttp(refusing, { clock: { now: () => TEST_NOW } });
    gateway = await openGateway({ connections: [stubSubgraph('billing'), subgraph?.connection ?? refusing] });
    const headers = { authorization: `Bearer ${await gateway.token()}`, 'content-type': 'application/x-ndjson' };
    const { body, sent } = endlessBody();
    const refused = send(`${gateway.url}/ingest/messages`, {
      method: 'POST',
      body,
      duplex: 'half',
      headers,
    } as RequestInit);
    void untilStill(sent).then(full.resolve);
    const error = { code: 'PAYLOAD_TOO_LARGE', message: 'this is too much; send it in parts.' };
    expect(await refused).toMatchObject({ status: 413, body: { error } });
    await gateway.stop();
  },
);

/** A body without an end, and how many pieces of it were asked for. */
function endlessBody(): { body: ReadableStream; sent(): number } {
  const chunk = Buffer.alloc(64 * 1024, '\n');
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      sent += 1;
      controller.enqueue(chunk);
    },
  });
  return { body, sent: () => sent };
}

/** Waits until a figure is above 1 and does not change any more. */
async function untilStill(figure: () => number): Promise<void> {
  for (let before = 0; before < 2 || figure() !== before; ) {
    before = figure();
    for (let turn = 0; turn < 5000; turn += 1) await new Promise(setImmediate);
  }
}
