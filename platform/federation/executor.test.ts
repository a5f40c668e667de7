import { execute, type GraphQLError, parse, validate } from 'graphql';
import { pino } from 'pino';
import { type CompanyId, Database } from '#platform/database';
import { RequestContext } from '#platform/graphql';
import type { Scope } from '#platform/identity';
import { messagingStats } from '../../subgraphs/messaging-stats/subgraph.ts';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../tests/support/test-service.ts';
import { buildFederatedSchema, Executor } from './index.ts';
import { formatResult } from './format-errors.ts';

// Documents are compiled to functions (graphql-jit); what they answer has to be what the reference executor answers.
