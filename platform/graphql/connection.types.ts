import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { SafeInt } from './scalars.ts';
import { PageInfo } from './shared.types.ts';

/** Arguments of every list. */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { nullable: true, description: 'How many entries from the start; default 50, at most 1000.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only entries after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many entries from the end instead; at most 1000.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only entries before this cursor.' })
  before?: string | null;
}

/** A connection as resolvers give it: `count` is called only where a client selects totalCount. */
export interface ConnectionOf<Node> {
  edges: { cursor: string; node: Node }[];
  pageInfo: PageInfo;
  count(): Promise<number>;
}

/** Makes the Edge and Connection types of a list, by the rules of Relay. `things` is the plural for descriptions. */
export function connectionTypes<Node extends object>(node: ClassType<Node>, things: string) {
  @ObjectType(`${node.name}Edge`, { description: `One entry of a list of ${things}.` })
  class Edge {
    @Field({ description: 'Stands for this place in the list; opaque.' })
    cursor!: string;

    @Field(() => node, { description: 'The entry itself.' })
    node!: Node;
  }

  @ObjectType(`${node.name}Connection`, { description: `A page of a list of ${things}.` })
  class Connection {
    @Field(() => [Edge], { description: 'The entries with their cursors.' })
    edges!: Edge[];

    @Field(() => [node], { description: 'The entries alone.' })
    nodes(): Node[] {
      return this.edges.map((edge) => edge.node);
    }

    @Field(() => PageInfo, { description: 'Where this page stands.' })
    pageInfo!: PageInfo;

    @Field(() => SafeInt, { description: `How many ${things} the whole list has.` })
    totalCount(): Promise<number> {
      return this.count();
    }

    count!: () => Promise<number>;
  }
  return { Edge, Connection };
}
