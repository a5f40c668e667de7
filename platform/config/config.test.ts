import { readFileSync } from 'node:fs';
import { envExample, GATEWAY_SETTINGS, readConfig, readConfigOf, SUBGRAPH_SETTINGS } from '#platform/config';
import { StartUpError } from '#platform/errors';

test('without an environment every setting has its default', () => {
  expect(readConfig({})).toMatchObject({ PORT: 4000, HOST: '127.0.0.1', DEMO_DATA: 'on', DATABASE_POOL_SIZE: 8 });
});

test('an empty value counts as none', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 4000 });
});

test('all faults are named at once, with their values and without secrets', () => {
  const read = () =>
    readConfig({
      PORT: 'http',
      DEMO_DATA: 'yes',
      DATABASE_URL: 'mysql://me:secret@host/db',
      DATABASE_ROLE_SECRET: 'short',
    });
  expect(read).toThrow(StartUpError);
  expect(read).toThrow(
    /PORT: .*"http".*DATABASE_URL: .*not shown.*DATABASE_ROLE_SECRET: .*not shown.*DEMO_DATA: .*"yes"/s,
  );
  expect(read).not.toThrow(/secret@|short/);
});

test('an issuer of tokens needs its name and audience', () => {
  expect(() => readConfig({ AUTH_JWKS_URL: 'https://issuer.example/keys' })).toThrow(
    /AUTH_ISSUER: is needed with AUTH_JWKS_URL.*AUTH_AUDIENCE: is needed/s,
  );
});

test('a process reads the settings of its model, needs some of them, and does not look at the others', () => {
  const environment = { SUBGRAPH_URLS: 'a=http://x:1', INTERNAL_SIGNING_KEY: 'k', DATABASE_URL: 'nonsense', PORT: '1' };
  const config = readConfigOf(GATEWAY_SETTINGS, environment);
  expect(config).toMatchObject({ PORT: 1, INTERNAL_SIGNING_KEY: 'k', SUBGRAPH_URLS: new Map([['a', 'http://x:1']]) });
  expect(Object.keys(config).sort()).toEqual([...GATEWAY_SETTINGS.reads].sort());
  expect(() => readConfigOf(SUBGRAPH_SETTINGS, { SUBGRAPH_PORT: 'x' })).toThrow(
    /SUBGRAPH_PORT: .*"x".*INTERNAL_PUBLIC_KEY: is needed by a subgraph \(it is not set\)/,
  );
});

test.each([
  [
    'billing=http://billing:4001/, b2=https://host',
    [
      ['billing', 'http://billing:4001'],
      ['b2', 'https://host'],
    ],
  ],
  [
    ' a=http://x\n b=http://y ',
    [
      ['a', 'http://x'],
      ['b', 'http://y'],
    ],
  ],
])('the addresses %j are read by name', (text, expected) => {
  expect([...(readConfig({ SUBGRAPH_URLS: text }).SUBGRAPH_URLS ?? [])]).toEqual(expected);
});

test.each(['billing', 'billing=', '=http://x', 'billing=ftp://x', 'a=http://x,a=http://y', 'a=http://'])(
  'the addresses %j are refused, and not shown',
  (text) => {
    expect(() => readConfig({ SUBGRAPH_URLS: text })).toThrow(
      /SUBGRAPH_URLS: must be NAME=http:\/\/HOST:PORT of each subgraph once, separated by commas \(it is not shown\)/,
    );
  },
);

test('.env.example names every setting, each with its description and its default', () => {
  expect(readFileSync('.env.example', 'utf8')).toBe(envExample());
  expect(envExample()).toContain('# Port of the gateway.\n# PORT=4000\n');
});

test('the two halves of the key of a bucket come together', () => {
  expect(() => readConfig({ S3_ACCESS_KEY_ID: 'a' })).toThrow(
    'S3_SECRET_ACCESS_KEY: is needed with S3_ACCESS_KEY_ID (it is not set)',
  );
  expect(() => readConfig({ S3_SECRET_ACCESS_KEY: 'a' })).toThrow(
    'S3_ACCESS_KEY_ID: is needed with S3_SECRET_ACCESS_KEY (it is not set)',
  );
});
