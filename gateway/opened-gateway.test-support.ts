import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pino } from 'pino';
import type { Caller, GraphQLRequest, SubgraphConnection } from '#platform/federation';
import { FileLinks } from '#platform/files';
import {
  type Identity,
  localTokenVerifier,
  makeSigningKey,
  type SigningKey,
  signAccessToken,
} from '#platform/identity';
import { TEST_NOW } from '../tests/support/test-service.ts';
import { type GatewayOptions, startGateway } from './gateway.ts';

/** A gateway of one test, before subgraphs that the test makes up. */
export interface OpenedGateway {
  readonly url: string;
  readonly key: SigningKey;
  /** Every line of the log, parsed. */
  readonly logged: Record<string, unknown>[];
  token(identity?: Partial<Identity>): Promise<string>;
  stop(): Promise<void>;
}

/** An answer over HTTP. */
export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted as whole values, whatever their shape
  body: any;
}

const clock = { now: () => TEST_NOW };

/** A subgraph that answers nothing but what a test gives it. */
export function stubSubgraph(name: string, parts: Partial<SubgraphConnection> = {}): SubgraphConnection {
  return {
    name,
    ingestKinds: [],
    directoryKinds: [],
    execute: async () => ({ data: {} }),
    ingest: async () => {
      throw new Error('nothing is taken in here');
    },
    openFile: async () => undefined,
    checkReady: async () => undefined,
    ...parts,
  };
}

/** The answer of billing to `{ company { id } }`: the company of whoever asks. */
export const ownCompany = async (_request: GraphQLRequest, { identity }: Caller) => ({
  data: { company: { __typename: 'Company', id: identity.companyId ?? 'none' } },
});

/** A stub for every subgraph of the supergraph that a test does not give. */
function stubsOfOthers(supergraphSdl: string, given: readonly SubgraphConnection[]): SubgraphConnection[] {
  const names = [...supergraphSdl.matchAll(/@join__graph\(name: "([^"]+)"/g)].map(([, name = '']) => name);
  return names.filter((name) => !given.some((one) => one.name === name)).map((name) => stubSubgraph(name));
}

/** Starts a gateway on a free port. Stop it at the end of the test. */
export async function openGateway(overrides: Partial<GatewayOptions> = {}): Promise<OpenedGateway> {
  const key = await makeSigningKey();
  const logged: Record<string, unknown>[] = [];
  const supergraphSdl = await readFile(resolve(__dirname, '../schema/supergraph.graphql'), 'utf8');
  const given = overrides.connections ?? [stubSubgraph('billing', { execute: ownCompany })];
  const gateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    supergraphSdl,
    verifyToken: localTokenVerifier(key, clock),
    fileLinks: new FileLinks({ secret: 'secret of links in tests', lifetimeSeconds: 900, publicUrl: '' }),
    clock,
    subgraphTimeoutMs: 5_000,
    maxBodyBytes: 100_000,
    maxIngestRequests: 4,
    ingestIdleTimeoutMs: 60_000,
    readiness: { ready: true },
    logger: pino({ level: 'error' }, { write: (line: string) => logged.push(JSON.parse(line)) }),
    ...overrides,
    connections: [...given, ...stubsOfOthers(supergraphSdl, given)],
  });
  return {
    url: `http://127.0.0.1:${gateway.port}`,
    key,
    logged,
    token: (identity) =>
      signAccessToken(key, { subject: 'test', companyId: '7', scopes: [], ...identity }, 3600, clock),
    stop: () => gateway.stop(),
  };
}

/** Sends a request and reads the answer; `body` is JSON where the answer is. */
export async function send(url: string, init?: RequestInit): Promise<HttpAnswer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

/** Posts an operation, or any other body, to /graphql. */
export function post(
  url: string,
  body: object | string,
  headers: Record<string, string | undefined> = {},
): Promise<HttpAnswer> {
  const sent = Object.entries({ 'content-type': 'application/json', ...headers }).filter(([, value]) => value);
  return send(`${url}/graphql`, {
    method: 'POST',
    headers: sent as [string, string][],
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
