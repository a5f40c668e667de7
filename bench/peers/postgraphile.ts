import { PgAggregatesPreset } from '@graphile/pg-aggregates';
import { Pool } from 'pg';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafast } from 'postgraphile/grafast';
import type { ExecutionResult } from 'postgraphile/graphql';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import type { World } from '../world.ts';

declare global {
  namespace GraphileBuild {
    interface AggregateSpecIds {
      count: true;
    }
  }
}

/** Asks a graph. Throws where it answers with an error. */
export type AskGraph = (query: string, variables: Record<string, unknown>) => Promise<Record<string, unknown>>;

/** Counting is not among the aggregates that come with pg-aggregates; it is added as its documentation says. */
const CountAggregate: GraphileConfig.Plugin = {
  name: 'CountAggregate',
  after: ['PgAggregatesSpecsPlugin'],
  schema: {
    hooks: {
      build(build) {
        const { sql, dataplanPg, pgAggregateSpecs } = build;
        if (!sql || !dataplanPg || !pgAggregateSpecs) throw new Error('PostGraphile came without its database');
        pgAggregateSpecs.push({
          id: 'count',
          humanLabel: 'count',
          HumanLabel: 'Count',
          isSuitableType: () => true,
          sqlAggregateWrap: (fragment) => sql`count(${fragment})`,
          pgTypeCodecModifier: () => dataplanPg.TYPES.bigint,
        });
        return build;
      },
    },
  },
};

/** PostGraphile with pg-aggregates over the tables of messaging-stats, in this process, as long as the work takes. */
export async function withPostGraphile<T>({ ownerUrl }: World, work: (ask: AskGraph) => Promise<T>): Promise<T> {
  const pool = new Pool({ connectionString: ownerUrl, max: 1 });
  const instance = postgraphile({
    extends: [PostGraphileAmberPreset, PgAggregatesPreset],
    plugins: [CountAggregate],
    // It groups by columns of an index only, and there is none with the status.
    disablePlugins: ['PgIndexBehaviorsPlugin'],
    pgServices: [makePgService({ pool, schemas: ['messaging_stats'] })],
  });
  try {
    const schema = await instance.getSchema();
    const resolvedPreset = instance.getResolvedPreset();
    return await work(async (source, variableValues) => {
      const result = await grafast({ schema, resolvedPreset, source, variableValues, requestContext: {} });
      return dataOf(result as ExecutionResult);
    });
  } finally {
    await instance.release();
    await pool.end();
  }
}

function dataOf({ data, errors }: ExecutionResult): Record<string, unknown> {
  if (!data || errors) throw new Error(`PostGraphile answered with an error: ${errors?.[0]?.message}`);
  return data;
}
