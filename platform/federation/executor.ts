import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';

export interface GraphQLRequest {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
}

/** A document that runs, or the errors that keep it from running. */
type Prepared = CompiledQuery | readonly GraphQLError[];

const KEPT_DOCUMENTS = 1000;

/** Executes documents on a schema; each is parsed, checked and compiled once, however often it comes. */
export class Executor {
  private readonly prepared = new LRUCache<string, Prepared>({ max: KEPT_DOCUMENTS });

  constructor(private readonly schema: GraphQLSchema) {}

  async execute(request: GraphQLRequest, context: unknown): Promise<ExecutionResult> {
    const prepared = this.prepare(request);
    if (!('query' in prepared)) return { errors: prepared };
    return prepared.query({}, context, request.variables ?? {});
  }

  private prepare({ query, operationName }: GraphQLRequest): Prepared {
    const key = `${operationName ?? ''}\n${query}`;
    let prepared = this.prepared.get(key);
    if (!prepared) {
      prepared = this.compile(query, operationName ?? undefined);
      this.prepared.set(key, prepared);
    }
    return prepared;
  }

  private compile(query: string, operationName: string | undefined): Prepared {
    let document: DocumentNode;
    try {
      document = parse(query);
    } catch (error) {
      return [withCode(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')];
    }
    const faults = validate(this.schema, document, specifiedRules);
    if (faults.length > 0) return faults.map((fault) => withCode(fault, 'GRAPHQL_VALIDATION_FAILED'));
    const compiled = compileQuery(this.schema, document, operationName);
    return isCompiledQuery(compiled) ? compiled : (compiled.errors ?? []);
  }
}

/** Gives an error a code, where its maker has not given it one. */
function withCode(error: GraphQLError, code: string): GraphQLError {
  error.extensions['code'] ??= code;
  return error;
}
