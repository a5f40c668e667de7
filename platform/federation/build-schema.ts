import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { parse } from 'graphql';
import { buildSchema, createResolversMap } from 'type-graphql';
import { checkScopes } from '#platform/graphql';
import type { Subgraph } from './subgraph.ts';

const FEDERATION = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@shareable", "@external", "@requires", "@provides"]
)`;

/** The executable Federation 2 schema of a subgraph, from its type-graphql classes. It is the one that was checked when it was printed. */
export async function buildFederatedSchema(subgraph: Subgraph): Promise<GraphQLSchema> {
  const plain = await buildPlainSchema(subgraph, { skipCheck: true });
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const [type, resolveReference] of Object.entries(subgraph.references ?? {})) {
    resolvers[type] = { ...resolvers[type], __resolveReference: resolveReference };
  }
  return buildSubgraphSchema([{ typeDefs: parse(printTypeDefs(plain)), resolvers: resolvers as never }]);
}

/** The subgraph's schema as it is committed and composed. Throws where a client could not read it. */
export async function printFederatedSchema(subgraph: Subgraph): Promise<string> {
  return printTypeDefs(await buildPlainSchema(subgraph, { skipCheck: false }));
}

function printTypeDefs(plain: GraphQLSchema): string {
  return `${FEDERATION}\n\n${printSubgraphSchema(plain)}`;
}

function buildPlainSchema(subgraph: Subgraph, options: { skipCheck: boolean }): Promise<GraphQLSchema> {
  return buildSchema({
    ...options,
    resolvers: subgraph.resolvers as never,
    orphanedTypes: subgraph.orphanedTypes ?? [],
    // Inputs are checked by the code that knows their meaning, with messages of its own.
    validate: false,
    authChecker: checkScopes,
  });
}
