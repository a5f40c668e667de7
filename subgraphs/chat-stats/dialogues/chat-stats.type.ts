import { Arg, Ctx, Field, ObjectType } from 'type-graphql';
import { badInput } from '#platform/errors';
import {
  Comparison,
  Currency,
  ExternalLink,
  GRAFANA_DESCRIPTION,
  grafanaLink,
  Period,
  type RequestContext,
  toPeriod,
} from '#platform/graphql';
import { readAsOf } from '#platform/ingest';
import { FactQuery, type LabelReader } from '#platform/statistics';
import { previousPeriod } from '#platform/time';
import { ChatMessageStats } from '../messages/chat-message-stats.type.ts';
import { ChatAuthor } from './chat.enums.ts';
import { type ChatQuestion, chatMessagePopulation, dialoguePopulation } from './chat-population.ts';
import { DialogueStats } from './dialogue-stats.type.ts';

/** What a stats object is asked about; everything below it is read with this. */
export interface ChatScope {
  readonly question: ChatQuestion;
  readonly readLabels: LabelReader;
  /** Already an earlier period that another one is compared with. */
  readonly isPrevious: boolean;
}

@ObjectType({ description: 'The chats with clients in one period, within a filter. All of it is read at one moment.' })
export class ChatStats {
  constructor(private readonly scope: ChatScope) {}

  @Field(() => Period, { description: 'The period, resolved, and the last commit of events that the figures include.' })
  async period(): Promise<Period> {
    const { period, transaction } = this.scope.question;
    return toPeriod(period, await readAsOf(transaction));
  }

  @Field(() => Currency, { description: 'Currency of every price below.' })
  currency(): string {
    return this.scope.question.company.currency;
  }

  @Field(() => DialogueStats, { description: 'The dialogues that started in the period and pass the filter.' })
  dialogues(): DialogueStats {
    const { question, readLabels } = this.scope;
    const { transaction, period } = question;
    const query = new FactQuery({ transaction, population: dialoguePopulation(question), readLabels });
    return new DialogueStats(query, period.timeZone);
  }

  @Field(() => ChatMessageStats, {
    description: 'The messages sent in the period, of dialogues that pass the filter, whenever these started.',
  })
  messages(
    @Arg('authors', () => [ChatAuthor], { nullable: true, description: 'Written by these; default: by anybody.' })
    authors?: (keyof typeof ChatAuthor)[] | null,
  ): ChatMessageStats {
    const { question, readLabels } = this.scope;
    const { transaction, period, company } = question;
    const query = new FactQuery({ transaction, population: chatMessagePopulation(question, authors), readLabels });
    return new ChatMessageStats(query, period.timeZone, company.currency);
  }

  @Field(() => ChatStats, {
    description: 'The same filter in an earlier period, for comparison; it has no `previous` of its own.',
  })
  previous(
    @Arg('by', () => Comparison, { nullable: true, description: 'Which earlier period; default PREVIOUS_PERIOD.' })
    by?: keyof typeof Comparison | null,
  ): ChatStats {
    const { question, isPrevious } = this.scope;
    if (isPrevious)
      throw badInput(['previous'], 'stands below another previous; ask for the earlier period by itself.');
    const period = previousPeriod(question.period, by ?? 'PREVIOUS_PERIOD');
    return new ChatStats({ ...this.scope, question: { ...question, period }, isPrevious: true });
  }

  @Field(() => ExternalLink, { nullable: true, description: GRAFANA_DESCRIPTION })
  grafana(@Ctx() { config }: RequestContext): ExternalLink | null {
    const { period, filter } = this.scope.question;
    return grafanaLink(config.GRAFANA_URL, 'statistics-chats', period, filter);
  }
}
