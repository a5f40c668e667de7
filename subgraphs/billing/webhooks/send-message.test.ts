import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { type Receiver, startReceiver } from './receiver.test-support.ts';
import { isAllowed, type ReceiverAddress, type ReceiverRules } from './receiver-address.ts';
import { type SendOptions, sendMessage } from './send-message.ts';

const PUBLIC_ONLY: ReceiverRules = { WEBHOOK_ALLOW_HTTP: 'on', WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'off' };
const ANY: ReceiverRules = { WEBHOOK_ALLOW_HTTP: 'on', WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'on' };
const MESSAGE = { headers: { 'content-type': 'application/json' }, body: '{"type":"PAYMENT_RECORDED"}' };
const NOT_PUBLIC = { status: null, error: 'the receiver has an address that is not public; it is not called.' };

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const address = (text: string): ReceiverAddress => ({ address: text, family: text.includes(':') ? 6 : 4 });

/** Sends a message to a name that means what is given, one meaning after another. */
async function sendTo(
  meanings: string[][],
  options: Partial<SendOptions> = {},
  url = receiver.url.replace('127.0.0.1', 'hooks.example'),
) {
  const asked: string[] = [];
  const resolve = async (name: string) => {
    asked.push(name);
    return (meanings[Math.min(asked.length, meanings.length) - 1] ?? []).map(address);
  };
  const { signal } = new AbortController();
  const outcome = await sendMessage(MESSAGE, url, { rules: ANY, timeoutMs: 5000, resolve, signal, ...options });
  return { outcome, asked };
}

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::1',
  '2001:db8::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  '2600::1%eth0',
  'fec0::1',
  'ff02::1',
  'nonsense',
  '',
])('%j is not called', (text) => {
  expect(isAllowed(text, PUBLIC_ONLY)).toBe(false);
});

test.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.128.0.1', '::ffff:8.8.8.8', '2600::1', '2a00:1450::1'])(
  '%j is a public address',
  (text) => {
    expect(isAllowed(text, PUBLIC_ONLY)).toBe(true);
  },
);

test('a name is called where all of its addresses are public, and not where one of them is not', async () => {
  for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['::1', '2600::1'], []]) {
    expect((await sendTo([addresses], { rules: PUBLIC_ONLY })).outcome).toEqual(NOT_PUBLIC);
  }
  expect(receiver.received).toEqual([]);
});

test('a name is asked for once, and the connection goes to the address that was checked, whatever it means a moment later', async () => {
  const { outcome, asked } = await sendTo([['127.0.0.1'], ['192.0.2.1']]);
  expect([outcome, asked]).toEqual([{ status: 204, error: null }, ['hooks.example']]);
  expect(receiver.received).toMatchObject([{ body: MESSAGE.body, path: '/hooks' }]);
  expect(receiver.received[0]?.headers['host']).toBe(`hooks.example:${new URL(receiver.url).port}`);
});

test('a redirect is not followed', async () => {
  receiver.answers.push((_request, response) => response.writeHead(307, { location: receiver.url }).end());
  const { outcome } = await sendTo([['127.0.0.1']]);
  const error = 'the receiver answered with the status 307; 2xx is what counts. Redirects are not followed.';
  expect(outcome).toEqual({ status: 307, error });
  expect(receiver.received).toHaveLength(1);
});

test.each<[string, () => Promise<ReceiverAddress[]>, string]>([
  [
    'is not known',
    () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' })),
    "the receiver's name was not found.",
  ],
  ['is not answered for', () => new Promise(() => undefined), 'the receiver did not answer within 50 ms.'],
])('a name that %s is a failed try', async (_, resolve, error) => {
  const { outcome } = await sendTo([], { resolve, timeoutMs: 50 });
  expect(outcome).toEqual({ status: null, error });
});

test('what speaks no TLS is no receiver of https, and says nothing of its addresses', async () => {
  const { signal } = new AbortController();
  const resolve = async () => [address('127.0.0.1')];
  const url = receiver.url.replace('http:', 'https:');
  const outcome = await sendMessage(MESSAGE, url, { rules: ANY, timeoutMs: 5000, resolve, signal });
  const error = 'the receiver has no TLS certificate that holds for its name.';
  expect(outcome).toEqual({ status: null, error });
});

test('a receiver of https is called where somebody who is trusted says that the name is its own, and nowhere else', async () => {
  const names = [{ type: 2, value: 'hooks.example' }] as const;
  const own = await generate([{ name: 'commonName', value: 'hooks.example' }], {
    extensions: [{ name: 'subjectAltName', altNames: [...names] }],
  });
  const secure = await startReceiver({ key: own.private, cert: own.cert });
  const sendAs = async (name: string) => {
    const url = secure.url.replace('127.0.0.1', name);
    return (await sendTo([['127.0.0.1']], { rules: { ...ANY, WEBHOOK_ALLOW_HTTP: 'off' } }, url)).outcome;
  };
  const refused = { status: null, error: 'the receiver has no TLS certificate that holds for its name.' };
  const trusted = getCACertificates('default');
  try {
    expect(await sendAs('hooks.example')).toEqual(refused);
    setDefaultCACertificates([...trusted, own.cert]);
    expect(await sendAs('hooks.example')).toEqual({ status: 204, error: null });
    expect(await sendAs('other.example')).toEqual(refused);
    expect(secure.received.map(({ body, headers }) => [body, headers.host])).toEqual([
      [MESSAGE.body, secure.url.replace('https://127.0.0.1', 'hooks.example').replace('/hooks', '')],
    ]);
  } finally {
    setDefaultCACertificates(trusted);
    await secure.close();
  }
});

test('rules that have become stricter hold for webhooks of before', async () => {
  const { outcome } = await sendTo([['127.0.0.1']], { rules: { ...ANY, WEBHOOK_ALLOW_HTTP: 'off' } });
  const error = "the receiver's address begins with http:; give an address that begins with https://.";
  expect(outcome).toEqual({ status: null, error });
  expect(receiver.received).toEqual([]);
});

test('headers without end are not read', async () => {
  receiver.answers.push((request) => {
    request.socket.write(`HTTP/1.1 200 OK\r\n${`x-long: ${'x'.repeat(1000)}\r\n`.repeat(20)}\r\n`);
  });
  const { outcome } = await sendTo([['127.0.0.1']]);
  expect(outcome).toEqual({ status: null, error: 'the connection to the receiver failed.' });
});

test('a stop of the service is no failed try', async () => {
  const stop = new AbortController();
  receiver.answers.push(() => stop.abort(new Error('the service stops')));
  await expect(sendTo([['127.0.0.1']], { signal: stop.signal })).rejects.toThrow('the service stops');
});
