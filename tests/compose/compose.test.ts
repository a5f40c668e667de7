import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ConfigModel,
  GATEWAY_SETTINGS,
  MIGRATION_SETTINGS,
  readConfigOf,
  SETTINGS,
  type SettingName,
  SUBGRAPH_SETTINGS,
} from '#platform/config';
import { roleUrl } from '#platform/database';
import { makeInternalKey, readInternalPublicKey, readInternalSigningKey } from '#platform/identity';
import { SUBGRAPHS } from '../../scripts/subgraphs.ts';
import { sourceFiles, target } from '../architecture/source-files.ts';
import { type ComposeService, interpolate, ROOT, readComposeFile, variablesOf } from './compose-file.ts';

const compose = readComposeFile();
const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8').replace(/^ *#.*$/gm, '');
const packageJson = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
};
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const names = SUBGRAPHS.map(({ name }) => name);
const withJobs = SUBGRAPHS.filter(({ jobs }) => jobs).map(({ name }) => name);
const service = (name: string) => compose.services[name] as ComposeService;

/** What each process of the service reads, by the name of its container. */
const models: [string, ConfigModel<SettingName, SettingName>][] = [
  ['gateway', GATEWAY_SETTINGS],
  ['migrate', MIGRATION_SETTINGS],
  ...names.map((name): [string, ConfigModel<SettingName, SettingName>] => [name, SUBGRAPH_SETTINGS]),
];

let secrets: Record<string, string>;
beforeAll(async () => {
  const { signingKey, publicKey } = await makeInternalKey();
  const jobKey = await makeInternalKey();
  secrets = {
    POSTGRES_PASSWORD: 'hunter2hunter2',
    DATABASE_ROLE_SECRET: 'at least sixteen characters',
    FILE_LINK_SECRET: 'another sixteen characters',
    INTERNAL_SIGNING_KEY: signingKey,
    INTERNAL_PUBLIC_KEY: publicKey,
    JOB_SIGNING_KEY: jobKey.signingKey,
    JOB_PUBLIC_KEY: jobKey.publicKey,
  };
});

function environmentOf(name: string, variables = secrets): Record<string, string> {
  const pairs = Object.entries(service(name).environment);
  return Object.fromEntries(pairs.map(([key, value]) => [key, interpolate(String(value), variables)]));
}

test('there is a container for the database, the migrations, the gateway and each subgraph, and no other', () => {
  expect(Object.keys(compose.services).sort()).toEqual(['gateway', 'migrate', 'postgres', ...names].sort());
});

test.each(models)('%s is given settings that it reads, and all that it needs', (name, model) => {
  const given = Object.keys(service(name).environment);
  expect(given.filter((key) => !model.reads.includes(key as SettingName))).toEqual([]);
  expect(() => readConfigOf(model, environmentOf(name))).not.toThrow();
});

test.each(models)('%s can be given every setting that it reads', (name, model) => {
  const ofJobs = names.includes(name) && !withJobs.includes(name) ? ['GATEWAY_URL', 'JOB_SIGNING_KEY'] : [];
  const elsewhere = ['SUBGRAPH_DATABASE_URL', ...(name === 'gateway' ? [] : ['DATA_DIR']), ...ofJobs];
  const given = Object.keys(service(name).environment);
  expect(model.reads.filter((key) => !given.includes(key) && !elsewhere.includes(key))).toEqual([]);
});

test('what is not set has the default of the service', () => {
  const { optional } = variablesOf(text);
  // Compose ends a default at the first brace: one that holds braces is left to the service, to which an empty value is none.
  const defaults = Object.keys(optional).map((key) => {
    const value = String(SETTINGS[key as SettingName]?.safeParse(undefined).data ?? '');
    return [key, value.includes('}') ? '' : value];
  });
  expect(optional).toEqual(Object.fromEntries(defaults));
});

test('secrets are asked for by name, and stand nowhere in the file', () => {
  expect(variablesOf(text).required.sort()).toEqual(Object.keys(secrets).sort());
  for (const name of Object.keys(secrets)) {
    const { [name]: _, ...others } = secrets;
    expect(() => interpolate(text, others)).toThrow(`${name}: `);
  }
});

test('nothing but the gateway is published, and only it and those with webhooks or files can reach out', () => {
  const published = Object.entries(compose.services).filter(([, { ports = [] }]) => ports.length > 0);
  expect(published.map(([name]) => name)).toEqual(['gateway']);
  const open = Object.entries(compose.networks).filter(([, network]) => !network?.internal);
  const outside = Object.entries(compose.services).filter(([, { networks }]) =>
    open.some(([name]) => networks.includes(name)),
  );
  expect(outside.map(([name]) => name).sort()).toEqual(['billing', 'gateway', 'reports']);
  const withGateway = (name: string) =>
    service(name).networks.some((network) => service('gateway').networks.includes(network));
  expect(['postgres', 'migrate', ...names].filter(withGateway)).toEqual(names);
});

test('the gateway knows every subgraph under the address on which it listens', () => {
  const { SUBGRAPH_URLS: urls } = readConfigOf(GATEWAY_SETTINGS, environmentOf('gateway'));
  const listening = names.map((name) => {
    const { SUBGRAPH_HOST: host, SUBGRAPH_PORT: port } = readConfigOf(SUBGRAPH_SETTINGS, environmentOf(name));
    expect(host).toBe('0.0.0.0');
    return [name, `http://${name}:${port}`];
  });
  expect([...urls]).toEqual(listening);
  expect(interpolate(service('gateway').ports?.[0] ?? '', {})).toBe(`4000:${environmentOf('gateway')['PORT']}`);
});

test('the gateway has the one half of the key and the subgraphs the other; nobody but the migrations knows the owner', async () => {
  await expect(readInternalSigningKey(environmentOf('gateway')['INTERNAL_SIGNING_KEY'] ?? '')).resolves.toBeDefined();
  await expect(readInternalPublicKey(environmentOf('billing')['INTERNAL_PUBLIC_KEY'] ?? '')).resolves.toBeDefined();
  const knowing = Object.keys(compose.services).filter((name) =>
    Object.values(environmentOf(name)).join().includes('hunter2'),
  );
  expect(knowing).toEqual(['postgres', 'migrate']);
  const url = new URL(roleUrl(environmentOf('billing')['DATABASE_URL'] ?? '', 'billing', 'a secret of the roles'));
  expect([url.username, url.host, url.pathname]).toEqual(['billing', 'postgres:5432', '/statistics']);
});

test('none but subgraphs with jobs can ask the gateway for itself, at the address on which it listens', async () => {
  const knowing = names.filter((name) => 'JOB_SIGNING_KEY' in service(name).environment);
  expect(knowing).toEqual(withJobs);
  const { PORT: port, JOB_PUBLIC_KEY: key = '' } = environmentOf('gateway');
  await expect(readInternalPublicKey(key)).resolves.toBeDefined();
  for (const name of withJobs) expect(environmentOf(name)['GATEWAY_URL']).toBe(`http://gateway:${port}`);
});

test('files outlive the container of each subgraph that keeps any, and no other has a volume', () => {
  const keeping = SUBGRAPHS.filter(({ files }) => files).map(({ name }) => name);
  const mounted = names.filter((name) => service(name).volumes?.length);
  expect(mounted).toEqual(keeping);
  const volumes = keeping.map((name) => {
    const [volume = '', directory] = service(name).volumes?.[0]?.split(':') ?? [];
    expect(directory).toBe(environmentOf(name)['DATA_DIR']);
    return volume;
  });
  expect(new Set(volumes).size).toBe(keeping.length);
  expect(volumes.filter((volume) => !Object.hasOwn(compose.volumes, volume))).toEqual([]);
});

test('things start in their order: database, migrations once, subgraphs, gateway', () => {
  const conditions = Object.entries(compose.services).map(([name, { depends_on: on = {} }]) => {
    return [name, Object.entries(on).map(([other, { condition }]) => `${other} ${condition}`)];
  });
  expect(Object.fromEntries(conditions)).toEqual({
    postgres: [],
    migrate: ['postgres service_healthy'],
    ...Object.fromEntries(names.map((name) => [name, ['migrate service_completed_successfully']])),
    gateway: names.map((name) => `${name} service_healthy`),
  });
  const watched = Object.entries(compose.services).filter(([, { healthcheck }]) => healthcheck !== undefined);
  expect(watched.map(([name]) => name).sort()).toEqual(['gateway', 'postgres', ...names].sort());
});

test('every command is one of the project, and every name of a subgraph its own', () => {
  const commands = models.map(([name]): [string, string[]] => [name, service(name).command ?? []]);
  for (const [name, [npm, run, silent, script = '', ...argv]] of commands) {
    expect([npm, run, silent, packageJson.scripts[script]]).toEqual(['npm', 'run', '--silent', expect.any(String)]);
    expect(argv).toEqual(names.includes(name) ? ['--', '--name', name] : []);
  }
});

test('the image is of the pinned base, runs as a user, and copies what there is', () => {
  expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base)).toEqual(
    Array(2).fill('node:24-bookworm-slim'),
  );
  expect(dockerfile.slice(dockerfile.lastIndexOf('FROM'))).toMatch(/^USER node$/m);
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) =>
    sources.split(' '),
  );
  expect(copied.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
});

test('what runs in the image is copied into it, and needs no package of development', () => {
  const copied = [...dockerfile.matchAll(/^COPY (\S+) \S+$/gm)].map(([, folder = '']) => `${folder}/`);
  const files = new Map(sourceFiles().map((file) => [file.path, file]));
  const seen = new Set<string>();
  const packages = new Set<string>();
  const next = ['run-gateway', 'run-subgraph', 'migrate', 'token', 'company', 'import', 'internal-key'].map(
    (name) => `scripts/${name}.ts`,
  );
  for (let path = next.pop(); path; path = next.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const file = files.get(path);
    if (!file) throw new Error(`${path} is imported and not there`);
    for (const name of file.imports) {
      if (name.startsWith('.') || name.startsWith('#')) next.push(target(file, name));
      else if (!name.startsWith('node:'))
        packages.add(
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        );
    }
  }
  expect([...seen].filter((path) => !copied.some((folder) => path.startsWith(folder)))).toEqual([]);
  expect([...packages].filter((name) => !Object.hasOwn(packageJson.dependencies, name))).toEqual([]);
  expect(seen.size).toBeGreaterThan(100);
});
