import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
  valueFromASTUntyped,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { nameArgument } from './locate-argument.ts';

export interface GraphQLRequest {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
}

/** A document that runs, with its operation. */
interface Prepared {
  compiled: CompiledQuery;
  operation: OperationDefinitionNode;
}

/** The errors that keep a document from running. */
type Faults = readonly GraphQLError[];

const KEPT_DOCUMENTS = 1000;

/** Executes documents on a schema; each is parsed, checked and compiled once, however often it comes. */
export class Executor {
  private readonly prepared = new LRUCache<string, Prepared | Faults>({ max: KEPT_DOCUMENTS });

  constructor(private readonly schema: GraphQLSchema) {}

  async execute(request: GraphQLRequest, context: unknown): Promise<ExecutionResult> {
    const prepared = this.prepare(request);
    if (!('compiled' in prepared)) return { errors: prepared };
    const variables = withDefaults(prepared.operation, request.variables ?? {});
    // Coerced here for the sake of the messages, which name the place of a fault; the compiled query does it again.
    const { errors } = getVariableValues(this.schema, prepared.operation.variableDefinitions ?? [], variables);
    if (errors) return { errors };
    const result = await prepared.compiled.query({}, context, variables);
    for (const { path } of result.errors ?? []) fillPlace(result.data, path ?? []);
    return result;
  }

  private prepare({ query, operationName }: GraphQLRequest): Prepared | Faults {
    const key = `${operationName ?? ''}\n${query}`;
    let prepared = this.prepared.get(key);
    if (!prepared) {
      prepared = this.compile(query, operationName ?? undefined);
      this.prepared.set(key, prepared);
    }
    return prepared;
  }

  private compile(query: string, operationName: string | undefined): Prepared | Faults {
    let document: DocumentNode;
    try {
      document = parse(query);
    } catch (error) {
      return [withCode(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')];
    }
    const faults = validate(this.schema, document, specifiedRules);
    if (faults.length > 0) {
      return faults.map((fault) => withCode(nameArgument(fault, document), 'GRAPHQL_VALIDATION_FAILED'));
    }
    const compiled = compileQuery(this.schema, document, operationName);
    if (!isCompiledQuery(compiled)) return compiled.errors ?? [];
    const operation = getOperationAST(document, operationName);
    return operation ? { compiled, operation } : [new GraphQLError('The document has no such operation.')];
  }
}

/** The variables, and the defaults of those that are not passed: the compiled query knows no defaults of non-null types. */
function withDefaults(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Record<string, unknown> {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) => {
    return defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [];
  });
  return { ...Object.fromEntries(defaults), ...variables };
}

/** Puts null where an element of a list has failed: the compiled query leaves a hole, and at the end of the list nothing. */
function fillPlace(data: unknown, path: readonly (string | number)[]): void {
  let place = data as Record<string | number, unknown> | null | undefined;
  for (const step of path) {
    if (place == null) return;
    if (Array.isArray(place)) place[Number(step)] ??= null;
    place = place[step] as typeof place;
  }
}

/** Gives an error a code, where its maker has not given it one. */
function withCode(error: GraphQLError, code: string): GraphQLError {
  error.extensions['code'] ??= code;
  return error;
}
