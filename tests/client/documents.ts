import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DocumentNode, Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import type { GraphAnswer, TestCompany } from '../support/test-service.ts';

const FOLDER = resolve(__dirname, '../../schema/operations');
export const DOCUMENT_FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.graphql'));

/** Every document by the name of its file. */
export const DOCUMENTS = new Map(DOCUMENT_FILES.map((name) => [name, parse(readFileSync(join(FOLDER, name), 'utf8'))]));

/** Every operation with the document that it stands in. */
export const OPERATIONS = [...DOCUMENTS.values()].flatMap((document) =>
  document.definitions
    .filter((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => ({ name: operation.name?.value ?? '', operation, document })),
);

/** Sends an operation as a client does, and gives the answer of the gateway. */
export function runOperation(
  { graph }: Pick<TestCompany, 'graph'>,
  name: string,
  variables?: Record<string, unknown>,
): Promise<GraphAnswer> {
  const found = OPERATIONS.find((one) => one.name === name);
  if (!found) throw new Error(`there is no operation ${name}`);
  return graph(textOf(found.operation, found.document), variables);
}

/** An operation with the fragments of its document that it uses, as a client sends it. */
function textOf(operation: OperationDefinitionNode, document: DocumentNode): string {
  const used = new Set<string>();
  const collect = (text: string) => {
    for (const [, name = ''] of text.matchAll(/\.\.\.\s*(?!on\b)(\w+)/g)) {
      if (used.has(name)) continue;
      used.add(name);
      const fragment = document.definitions.find(
        (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name,
      );
      if (fragment) collect(print(fragment));
    }
  };
  collect(print(operation));
  const definitions = document.definitions.filter(
    (one) => one === operation || (one.kind === Kind.FRAGMENT_DEFINITION && used.has(one.name.value)),
  );
  return print({ ...document, definitions });
}
