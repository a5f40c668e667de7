import { Authorized, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '#platform/graphql';
import { readTrunks } from './read-trunks.ts';
import { Trunk } from './trunk.type.ts';

@Resolver()
export class TrunksResolver {
  @Authorized('stats:read')
  @Query(() => [Trunk], {
    nullable: true,
    description: 'All trunks that the directory or a call names, by name, then by id; deleted ones are left out.',
  })
  async trunks(@Ctx() context: RequestContext): Promise<Trunk[]> {
    await context.company();
    return readTrunks(await context.transaction());
  }
}
