import { readFileSync } from 'node:fs';
import { envExample, readConfig } from '#platform/config';
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

test('.env.example names every setting, each with its description and its default', () => {
  expect(readFileSync('.env.example', 'utf8')).toBe(envExample());
  expect(envExample()).toContain('# Port of the gateway.\n# PORT=4000\n');
});
