import { ServiceError } from '#platform/errors';
import { type EventStream, eventStream } from '#platform/ingest';
import { applyEntries } from './apply-entries.ts';
import { directoryLines, type KeptKinds } from './directory-line.ts';

/** The stream `directory` of a subgraph that keeps entries in a table made by createDirectoryTable. */
export function directoryStream(kinds: KeptKinds): EventStream {
  const stream = eventStream(directoryLines(kinds), applyEntries);
  return {
    ...stream,
    directoryKinds: kinds.keeps,
    receive(request, context) {
      refuseAtomicDirectory(request.atomic);
      return stream.receive(request, context);
    },
  };
}

/** Throws BAD_USER_INPUT for `atomic=true`: entries are kept by several subgraphs, which commit apart from one another. */
function refuseAtomicDirectory(atomic: boolean): void {
  if (!atomic) return;
  const problem = 'directory lines are kept by several subgraphs and cannot be taken all or none';
  throw new ServiceError(
    'BAD_USER_INPUT',
    `atomic: ${problem}; leave atomic out and send lines again where one fails.`,
  );
}
