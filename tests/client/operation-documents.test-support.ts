import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  buildSchema,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
} from 'graphql';

const SCHEMA = resolve(__dirname, '../../schema');
const FOLDER = join(SCHEMA, 'operations');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.graphql'));

/** The schema that clients see. */
export const schema: GraphQLSchema = buildSchema(readFileSync(join(SCHEMA, 'api.graphql'), 'utf8'));
/** The documents of schema/operations by the names of their files. */
export const documents = new Map(FILES.map((name) => [name, parse(readFileSync(join(FOLDER, name), 'utf8'))]));
/** Every operation that they hold. */
export const operations = [...documents.values()].flatMap((document) =>
  document.definitions
    .filter((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => ({ name: operation.name?.value ?? '', operation, document })),
);

/** An operation with the fragments of its document that it uses, as a client sends it. */
export function textOf(operation: OperationDefinitionNode, document: DocumentNode): string {
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
