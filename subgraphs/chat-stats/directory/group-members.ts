import DataLoader from 'dataloader';
import { type Sql, sql } from '#platform/database';
import type { RequestContext } from '#platform/graphql';

/** Ids of the operators of groups, by name, then by id, for all groups of a request at once. */
export function groupMembers(context: RequestContext): DataLoader<string, readonly string[]> {
  return new DataLoader(async (groupIds) => {
    const transaction = await context.transaction();
    const rows = await transaction.arrays<[group: string, operator: string]>(
      'directory.members',
      sql`SELECT member.group_id, id FROM directory
        CROSS JOIN LATERAL jsonb_array_elements_text(details->'groupIds') AS member(group_id)
        WHERE company_id = ${transaction.companyId} AND kind = 'OPERATOR' AND name IS NOT NULL
          AND member.group_id = ANY(${groupIds}::text[]) ORDER BY name, id`,
    );
    const members = Map.groupBy(rows, ([group]) => group);
    return groupIds.map((group) => (members.get(group) ?? []).map(([, operator]) => operator));
  });
}

/** Narrows a list of operators to the members of one of these groups; for listNamedIds. */
export function memberOf(groupIds: readonly string[] | null | undefined): Sql | undefined {
  return groupIds && groupIds.length > 0 ? sql` AND entry.details->'groupIds' ?| ${groupIds}::text[]` : undefined;
}
