import { ReadableStream } from 'node:stream/web';
import type { Database } from '#platform/database';
import type { Subgraph } from '#platform/federation';
import type { EventStream, IngestAnswer } from '#platform/ingest';
import { messagingStats } from '../../subgraphs/messaging-stats/subgraph.ts';
import type { World } from '../world.ts';

/** What a subgraph takes lines of a kind with. */
export function streamOf({ name, ingest }: Subgraph, kind: string): EventStream {
  const stream = ingest?.find((one) => one.kind === kind);
  if (!stream) throw new Error(`${name} takes no ${kind}`);
  return stream;
}

const MESSAGES = streamOf(messagingStats, 'messages');

/** Hands lines to the subgraph that owns them, without gateway and HTTP. Throws where a line is rejected. */
export async function takeIn(
  { clock, config }: World,
  database: Database,
  companyId: string,
  pieces: readonly Uint8Array[],
  stream: EventStream = MESSAGES,
): Promise<IngestAnswer> {
  const request = { body: inTurn(pieces), contentEncoding: undefined, atomic: false };
  const identity = { subject: 'npm run bench', companyId, scopes: ['ingest:write'] as const };
  const { answer } = await stream.receive(request, { identity, database, clock, config });
  return accepted(answer);
}

/** The same through the gateway, lines of any kind. */
export async function send(
  url: string,
  token: string,
  pieces: readonly Uint8Array[],
  kind = 'messages',
): Promise<IngestAnswer> {
  const response = await fetch(`${url}/ingest/${kind}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: ReadableStream.from(inTurn(pieces)),
    duplex: 'half',
  } as RequestInit);
  if (response.status !== 200) throw new Error(`ingest answered ${response.status}: ${await response.text()}`);
  return accepted((await response.json()) as IngestAnswer);
}

function accepted(answer: IngestAnswer): IngestAnswer {
  if (answer.rejected > 0) throw new Error(`a line was rejected: ${JSON.stringify(answer.errors[0])}`);
  return answer;
}

async function* inTurn(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
