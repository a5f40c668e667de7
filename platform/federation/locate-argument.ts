import { type ASTNode, BREAK, type DocumentNode, GraphQLError, Kind, visit } from 'graphql';

const VALUES: readonly string[] = [
  Kind.STRING,
  Kind.INT,
  Kind.FLOAT,
  Kind.BOOLEAN,
  Kind.ENUM,
  Kind.NULL,
  Kind.LIST,
  Kind.OBJECT,
];

/** Says of an error about a value that is written in the document which argument it is: `period.timeZone: ...` */
export function nameArgument(error: GraphQLError, document: DocumentNode): GraphQLError {
  const value = error.nodes?.[0];
  if (!value || !VALUES.includes(value.kind)) return error;
  const field = pathTo(document, value);
  return new GraphQLError(`${field.join('.')}: ${error.message}`, {
    nodes: error.nodes,
    originalError: error.originalError,
    extensions: { code: 'BAD_USER_INPUT', ...error.extensions, field },
  });
}

/** Names of the argument and the input fields that lead to a value. */
function pathTo(document: DocumentNode, value: ASTNode): string[] {
  let names: string[] = [];
  visit(document, {
    enter(node, _key, parent, _path, ancestors) {
      if (node !== value) return undefined;
      names = [...ancestors, parent].flatMap((one) => nameOf(one as ASTNode | undefined));
      return BREAK;
    },
  });
  return names;
}

function nameOf(node: ASTNode | undefined): string[] {
  return node?.kind === Kind.ARGUMENT || node?.kind === Kind.OBJECT_FIELD ? [node.name.value] : [];
}
