import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { badInput, ServiceError } from '#platform/errors';
import type { Caller, IngestRequest, IngestResponse, SubgraphConnection } from '#platform/federation';
import {
  BrokenCompression,
  decodeContent,
  type IngestAnswer,
  type IngestKind,
  IngestTally,
  MAX_LISTED_ERRORS,
  parsedLines,
} from '#platform/ingest';

/** What the gateway reads of a directory line: whose it is. Whatever else is in it is checked by those who keep it. */
const ROUTED_LINES: IngestKind<{ kind: unknown }> = {
  kind: 'directory',
  key: () => '',
  parse: (json) => ({ kind: json['kind'] }),
};

/**
 * Passes each directory line on to every subgraph that keeps its kind, and adds their answers up. Lines keep their numbers:
 * whatever goes elsewhere leaves a blank line. A line of a kind that nobody keeps goes to the first of the keepers, which says
 * what is wrong with it. Read once, in constant memory, as fast as the slowest keeper stores.
 * @throws ServiceError SERVICE_UNAVAILABLE where one of them fails: what the others kept stays, and may be sent again
 */
export async function ingestDirectory(
  request: IngestRequest,
  caller: Caller,
  connections: readonly SubgraphConnection[],
): Promise<IngestResponse> {
  if (request.atomic) {
    const problem = 'directory lines are kept by several subgraphs and cannot be taken all or none';
    throw badInput(['atomic'], `${problem}; leave it out, and send the lines again where one is rejected.`);
  }
  const parts = connections
    .filter(({ ingestKinds }) => ingestKinds.includes(request.kind))
    .map((connection) => new Part(connection, caller));
  const tally = new IngestTally();
  try {
    await distribute(request, parts, tally);
    const answers = await Promise.all(parts.map(({ response }) => response));
    return { status: 200, answer: addUp([tally.answer(), ...answers.map(({ answer }) => answer)]) };
  } finally {
    for (const part of parts) part.abandon();
    await Promise.allSettled(parts.map(({ response }) => response));
  }
}

async function distribute(request: IngestRequest, parts: readonly Part[], tally: IngestTally): Promise<void> {
  try {
    const chunks = decodeContent(request.body, request.contentEncoding);
    // Times are checked by those who store the lines.
    for await (const lines of parsedLines(ROUTED_LINES, chunks, { now: 0 })) {
      for (const parsed of lines) {
        if (parsed.fault) {
          tally.count(parsed.number, parsed.fault);
          continue;
        }
        for (const part of keepersOf(parsed.line.kind, parts)) part.add(parsed.number, parsed.bytes);
      }
      const last = lines.at(-1)?.number ?? 0;
      await Promise.all(parts.map((part) => part.flush(last)));
    }
    for (const part of parts) part.end();
  } catch (error) {
    if (!(error instanceof BrokenCompression)) throw error;
    throw badInput(['body'], `the gzip stream is broken (${error.message}); send the whole body again.`);
  }
}

function keepersOf(kind: unknown, parts: readonly Part[]): readonly Part[] {
  const keepers = parts.filter((part) => part.keeps(kind));
  return keepers.length > 0 ? keepers : parts.slice(0, 1);
}

const LINE_END = Buffer.from('\n');

/** The lines that one subgraph gets, and what it answers to them. */
class Part {
  readonly response: Promise<IngestResponse>;
  private readonly body = new PassThrough();
  private pieces: Buffer[] = [];
  /** The line that the next byte belongs to. */
  private line = 1;

  constructor(
    private readonly connection: SubgraphConnection,
    caller: Caller,
  ) {
    // An abandoned body tells its reader; there is nobody else to tell.
    this.body.on('error', () => undefined);
    const request = { kind: 'directory', body: this.body, contentEncoding: undefined, atomic: false };
    this.response = connection.ingest(request, caller).catch((error: unknown) => {
      throw this.failure(error);
    });
    this.response.catch(() => undefined);
  }

  keeps(kind: unknown): boolean {
    return typeof kind === 'string' && this.connection.directoryKinds.includes(kind);
  }

  add(number: number, bytes: Buffer): void {
    this.advanceTo(number);
    this.pieces.push(bytes);
  }

  /** Sends what was added and goes on to the line after `last`; waits while the subgraph is busy. Throws where it has failed. */
  async flush(last: number): Promise<void> {
    this.advanceTo(last + 1);
    const chunk = Buffer.concat(this.pieces);
    this.pieces = [];
    if (this.body.write(chunk)) return;
    await Promise.race([once(this.body, 'drain'), this.response]);
  }

  end(): void {
    this.body.end();
  }

  /** Ends the subgraph's work where it is not done yet. */
  abandon(): void {
    if (!this.body.readableEnded) this.body.destroy(new Error('the request that this part belongs to has failed'));
  }

  private advanceTo(number: number): void {
    for (; this.line < number; this.line += 1) this.pieces.push(LINE_END);
  }

  /** Refusals are passed on; whatever else happens there is a failure of the whole request. */
  private failure(cause: unknown): ServiceError {
    if (cause instanceof ServiceError && cause.httpStatus < 500) return cause;
    const message = `${this.connection.name} did not take its part of the lines; send the same lines again.`;
    return new ServiceError('SERVICE_UNAVAILABLE', message, { cause });
  }
}

function addUp(answers: readonly IngestAnswer[]): IngestAnswer {
  const sum = (name: Exclude<keyof IngestAnswer, 'errors'>) => answers.reduce((left, right) => left + right[name], 0);
  return {
    received: sum('received'),
    inserted: sum('inserted'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    waiting: sum('waiting'),
    rejected: sum('rejected'),
    errors: answers
      .flatMap(({ errors }) => errors)
      .sort((a, b) => a.line - b.line)
      .slice(0, MAX_LISTED_ERRORS),
  };
}
