import { type FragmentDefinitionNode, GraphQLError, Kind, type SelectionNode, type SelectionSetNode, type ValidationRule } from 'graphql';

/** What one document may hold. */
export const QUERY_LIMITS = { tokens: 10_000, levels: 20, fields: 2_000, rootFields: 50 } as const;

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

  // A loop and no callbacks: whatever the parser takes has to fit the stack here too.
  function measure({ selections }: SelectionSetNode): Extent {
    let sum = NOTHING;
    for (const selection of selections) sum = add(sum, extentOf(selection));
    return sum;
  }

  function extentOf(selection: SelectionNode): Extent {
    if (selection.kind === Kind.FIELD) return fieldExtent(selection.selectionSet);
    if (selection.kind === Kind.INLINE_FRAGMENT) return measure(selection.selectionSet);
    return measureFragment(context.getFragment(selection.name.value));
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
