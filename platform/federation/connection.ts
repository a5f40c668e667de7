import type { Readable } from 'node:stream';
import type { ByteRange, FileRecord } from '#platform/files';
import type { Identity } from '#platform/identity';
import type { IngestAnswer } from '#platform/ingest';
import type { GraphQLRequest } from './executor.ts';
import type { FormattedResult } from './format-errors.ts';

/** Who asks and in which request; passed on with every call to a subgraph. */
export interface Caller {
  identity: Identity;
  requestId: string;
}

export interface IngestRequest {
  kind: string;
  body: AsyncIterable<Uint8Array>;
  contentEncoding: string | undefined;
  atomic: boolean;
}

export interface IngestResponse {
  status: number;
  answer: IngestAnswer;
}

/** A file that was found; its bytes are read when they are asked for. */
export interface OpenedFile extends FileRecord {
  read(range?: ByteRange): Promise<Readable>;
}

/** A subgraph as the gateway sees it, in the same process or behind HTTP. */
export interface SubgraphConnection {
  readonly name: string;
  /** Kinds of events that it takes. */
  readonly ingestKinds: readonly string[];
  /** Kinds of directory entries that it keeps; none where it does not take `directory`. */
  readonly directoryKinds: readonly string[];
  execute(request: GraphQLRequest, caller: Caller): Promise<FormattedResult>;
  /** Throws ServiceError where the request as a whole is refused. */
  ingest(request: IngestRequest, caller: Caller): Promise<IngestResponse>;
  /**
   * A file of the caller's company, for a caller whose link the gateway has verified: links need no scope. Undefined where
   * there is none.
   */
  openFile(fileId: string, caller: Caller): Promise<OpenedFile | undefined>;
  /** Throws where the subgraph cannot serve. */
  checkReady(): Promise<void>;
}
