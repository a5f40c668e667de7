import { withIdleTimeout } from './idle-timeout.ts';

async function collect(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('a body that comes passes unchanged', async () => {
  async function* body() {
    yield Buffer.from('one\n');
    yield Buffer.from('two\n');
  }
  expect(await collect(withIdleTimeout(body(), 60_000))).toBe('one\ntwo\n');
});

test('a sender that falls silent is told what to do', async () => {
  const never = new Promise<void>(() => undefined);
  async function* body() {
    yield Buffer.from('one\n');
    await never;
  }
  const reading = collect(withIdleTimeout(body(), 20));
  await expect(reading).rejects.toMatchObject({
    code: 'REQUEST_TIMEOUT',
    httpStatus: 408,
    message: 'nothing came for 0.02 seconds; send the whole body again, what was kept counts as unchanged.',
  });
});
