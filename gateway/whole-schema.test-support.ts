import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

const schema = buildSchema(readFileSync(resolve(__dirname, '../schema/api.graphql'), 'utf8'));

/** Values of required arguments by name, or by the name of their type, where the first of an enumeration will not do. */
const VALUES: Readonly<Record<string, string>> = {
  period: '{ dates: { startDate: "2026-03-10", endDate: "2026-03-10" } }',
  granularity: 'DAY',
  text: '"hello"',
  month: '"2026-02-01"',
  ChatDimension: '[CHAT]',
};

/** Ids by the root field that finds something by the id of one thing; each of them must be given one. */
export type NamedIds = Readonly<Record<'invoice' | 'report' | 'webhookDeliveries', string>>;

/** Arguments that take such an id. */
const ID_ARGUMENTS = ['id', 'webhookId'];

/** For questions of which no answer is looked at. */
export const NO_IDS: NamedIds = { invoice: 'none', report: 'none', webhookDeliveries: 'none' };

/** Every root field of the committed schema as a query that asks for all that lies below it, made anew from the schema itself. */
export function rootQueries(ids: NamedIds): Map<string, string> {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  return new Map(fields.map((field) => [field.name, `{ ${ask(field, [], ids[field.name as keyof NamedIds])} }`]));
}

/** A field with its required arguments and everything below it; a type within itself (`previous`) is not asked again. */
function ask(field: GraphQLField<unknown, unknown>, above: readonly string[], id?: string): string {
  const values = field.args
    .filter((argument) => (id === undefined ? isRequiredArgument(argument) : ID_ARGUMENTS.includes(argument.name)))
    .map((argument) => `${argument.name}: ${id === undefined ? literalOf(argument) : JSON.stringify(id)}`);
  return `${field.name}${values.length > 0 ? `(${values.join(', ')})` : ''}${askBelow(field.type, above)}`;
}

function askBelow(type: GraphQLOutputType, above: readonly string[]): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named)) throw new Error(`nobody knows how to ask for ${named.name}`);
  const inner = [...above, named.name];
  const fields = Object.values(named.getFields()).filter((field) => !inner.includes(getNamedType(field.type).name));
  return ` { __typename ${fields.map((field) => ask(field, inner)).join(' ')} }`;
}

function literalOf({ name, type }: GraphQLArgument): string {
  const named = getNamedType(type);
  const known = VALUES[name] ?? VALUES[named.name];
  if (known) return known;
  const first = isEnumType(named) ? named.getValues()[0]?.name : undefined;
  if (!first) throw new Error(`there is no value for the argument ${name}; add one to VALUES`);
  return isListType(getNullableType(type)) ? `[${first}]` : first;
}
