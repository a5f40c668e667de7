import type { IngestAnswer } from '#platform/ingest';
import type { Access } from '../command-line/access.ts';
import { CommandError } from '../command-line/command-error.ts';
import { failureCode, unreachable } from '../command-line/unreachable.ts';
import { type PostAnswer, postEvents } from './post-events.ts';

export interface IngestTarget {
  /** Address of the service, without a slash at the end. */
  readonly url: string;
  readonly kind: string;
  readonly atomic: boolean;
  readonly access: Access;
  wait(waitMs: number): Promise<void>;
}

/** What is sent in one request. */
export interface IngestBody {
  /** Its bytes, from the beginning. */
  open(): Iterable<Buffer> | AsyncIterable<Buffer>;
  /** Whether it can be opened again. */
  readonly repeatable: boolean;
}

const MAX_ATTEMPTS = 6;
const MAX_WAIT_MS = 30_000;
/** Busy, or a proxy whose service is being started again. */
const TRY_AGAIN: ReadonlySet<number> = new Set([502, 503, 504]);
/** Sends requests to the ingest. The same lines may be sent twice: the service counts an event once. */
export class IngestClient {
  private readonly address: URL;
  private hasAnswered = false;

  constructor(private readonly target: IngestTarget) {
    const { url, kind, atomic } = target;
    this.address = new URL(`${url}/ingest/${encodeURIComponent(kind)}${atomic ? '?atomic=true' : ''}`);
  }

  /**
   * Sends one request and gives its answer. A connection that breaks and an answer of 503 are tried again, after Retry-After
   * or a time that doubles, six times at most; a service that has never answered is for the caller to mend, at once.
   * Throws CommandError where the request is refused or cannot be sent, and what the body throws.
   */
  async send(body: IngestBody): Promise<IngestAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt === MAX_ATTEMPTS || !body.repeatable;
      const waitMs = 1000 * 2 ** (attempt - 1);
      try {
        const answer = await postEvents(this.address, await this.target.access.token(), body.open());
        this.hasAnswered = true;
        if (!TRY_AGAIN.has(answer.status) || isLast) return this.read(answer);
        await this.wait(answer.retryAfterMs ?? waitMs);
      } catch (error) {
        const code = failureCode(error);
        if (code === undefined) throw error;
        if (isLast || !this.hasAnswered) throw unreachable(this.target.url, error);
        await this.wait(waitMs);
      }
    }
  }

  private wait(waitMs: number): Promise<void> {
    return this.target.wait(Math.min(waitMs, MAX_WAIT_MS));
  }

  private read({ status, body }: PostAnswer): IngestAnswer {
    const answer = parseJson(body);
    if (isIngestAnswer(answer)) return answer;
    const { error } = answer as { error?: { code?: string; message?: string } };
    if (!error?.message) {
      throw new CommandError(
        `${this.target.url} answered with status ${status} and not as the statistics service does; correct --url.`,
      );
    }
    const isToken = error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN';
    throw new CommandError(isToken ? `${error.message} ${this.target.access.remedy}` : error.message);
  }
}

function parseJson(body: string): object {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}

function isIngestAnswer(answer: object): answer is IngestAnswer {
  return 'received' in answer && 'rejected' in answer && 'errors' in answer;
}
