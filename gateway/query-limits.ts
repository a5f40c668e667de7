import {
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  Lexer,
  type SelectionSetNode,
  Source,
  TokenKind,
  type ValidationRule,
} from 'graphql';
import { ServiceError } from '#platform/errors';

/** What one document may hold. Levels are those of fields; nesting is that of brackets of any kind. */
export const QUERY_LIMITS = { tokens: 10_000, nesting: 200, levels: 20, fields: 2_000, rootFields: 50 } as const;

const OPENING: readonly string[] = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L];
const CLOSING: readonly string[] = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R];

/**
 * Refuses a document whose brackets are nested deeper than the parser and the rules, which are recursive, have stack for.
 * Throws LIMIT_EXCEEDED; what is no document at all is left to the parser.
 */
export function limitNesting(query: string): void {
  const lexer = new Lexer(new Source(query));
  let depth = 0;
  for (let tokens = 0; tokens <= QUERY_LIMITS.tokens; tokens++) {
    const kind = nextKind(lexer);
    if (kind === TokenKind.EOF) return;
    if (OPENING.includes(kind)) depth += 1;
    if (CLOSING.includes(kind)) depth -= 1;
    if (depth <= QUERY_LIMITS.nesting) continue;
    throw new ServiceError(
      'LIMIT_EXCEEDED',
      `the document nests more than ${QUERY_LIMITS.nesting} brackets; ask for less.`,
    );
  }
}

function nextKind(lexer: Lexer): string {
  try {
    return lexer.advance().kind;
  } catch {
    return TokenKind.EOF;
  }
}

/** Size of a selection with its fragments spread. */
interface Extent {
  levels: number;
  fields: number;
  /** Fields of the first level. */
  rootFields: number;
}

const NOTHING: Extent = { levels: 0, fields: 0, rootFields: 0 };

/** Refuses documents that multiply work: too many levels, too many fields, too many root fields. */
export const limitQuery: ValidationRule = (context) => {
  const fragments = new Map<string, Extent>();

  function measure({ selections }: SelectionSetNode): Extent {
    return selections.reduce<Extent>((sum, selection) => {
      if (selection.kind === Kind.FIELD) return add(sum, fieldExtent(selection.selectionSet));
      if (selection.kind === Kind.INLINE_FRAGMENT) return add(sum, measure(selection.selectionSet));
      return add(sum, measureFragment(context.getFragment(selection.name.value)));
    }, NOTHING);
  }

  function fieldExtent(below: SelectionSetNode | undefined): Extent {
    const { levels, fields } = below ? measure(below) : NOTHING;
    return { levels: levels + 1, fields: fields + 1, rootFields: 1 };
  }

  /** Each fragment once: a chain of fragments that double one another costs no more than its length. */
  function measureFragment(fragment: FragmentDefinitionNode | null | undefined): Extent {
    if (!fragment) return NOTHING;
    const name = fragment.name.value;
    const known = fragments.get(name);
    if (known) return known;
    // A fragment that contains itself is refused by another rule; here it must only come to an end.
    fragments.set(name, NOTHING);
    const extent = measure(fragment.selectionSet);
    fragments.set(name, extent);
    return extent;
  }

  return {
    OperationDefinition(node) {
      const extent = measure(node.selectionSet);
      for (const name of ['levels', 'fields', 'rootFields'] as const) {
        if (extent[name] <= QUERY_LIMITS[name]) continue;
        const words = { levels: 'levels of fields', fields: 'fields', rootFields: 'root fields' }[name];
        const message = `The operation has ${extent[name]} ${words}, more than ${QUERY_LIMITS[name]}; ask in several requests.`;
        context.reportError(new GraphQLError(message, { nodes: node }));
      }
    },
  };
};

function add(one: Extent, other: Extent): Extent {
  return {
    levels: Math.max(one.levels, other.levels),
    fields: one.fields + other.fields,
    rootFields: one.rootFields + other.rootFields,
  };
}
