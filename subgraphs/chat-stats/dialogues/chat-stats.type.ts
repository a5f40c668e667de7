import { Arg, Ctx, Field, Int, ObjectType } from 'type-graphql';
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
import { FactQuery, type LabelReader, readFirst } from '#platform/statistics';
import { previousPeriod } from '#platform/time';
import { DialogueLocations } from '../locations/dialogue-locations.type.ts';
import { readLocations, readPrecision } from '../locations/read-locations.ts';
import { ChatMessageStats } from '../messages/chat-message-stats.type.ts';
import { OperatorStats } from '../operators/operator-stats.type.ts';
import { PopularPhrase } from '../phrases/popular-phrase.type.ts';
import { readPopularPhrases } from '../phrases/read-popular-phrases.ts';
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

  @Field(() => OperatorStats, { description: 'The work of operators in the period.' })
  operators(): OperatorStats {
    return new OperatorStats(this.scope.question);
  }

  @Field(() => [PopularPhrase], {
    description:
      'What an author writes most often, of the messages sent in the period whose dialogue passes the filter: the greatest count first, ' +
      'then by phrase. Of bots the template counts where there is one. A phrase is shown once it has occurred with PHRASE_MIN_CLIENTS ' +
      'different clients of the company, whenever that was.',
  })
  async popularPhrases(
    @Ctx() { config }: RequestContext,
    @Arg('author', () => ChatAuthor, { description: 'Who wrote.' }) author: keyof typeof ChatAuthor,
    @Arg('first', () => Int, { nullable: true, description: 'Most phrases; default 100, at most 1000.' })
    first?: number | null,
  ): Promise<PopularPhrase[]> {
    const { question } = this.scope;
    const limits = { minClients: config.PHRASE_MIN_CLIENTS, first: readFirst(first) };
    const phrases = await readPopularPhrases(question.transaction, chatMessagePopulation(question, [author]), limits);
    return phrases.map((phrase) => Object.assign(new PopularPhrase(), phrase));
  }

  @Field(() => DialogueLocations, {
    description:
      'Where the clients were whose dialogues began in the widget on a site in the period and pass the filter, by cells of the map.',
  })
  async dialoguesByLocation(
    @Arg('precision', () => Int, {
      defaultValue: 5,
      nullable: true,
      description:
        'Length of the geohashes, 1 to 8: from continents to single houses. 5, the default, are some 5 by 5 kilometres.',
    })
    precision?: number | null,
    @Arg('first', () => Int, { nullable: true, description: 'Most cells; default 100, at most 1000.' })
    first?: number | null,
  ): Promise<DialogueLocations> {
    const { question } = this.scope;
    const cells = { precision: readPrecision(precision ?? 5), first: readFirst(first) };
    return new DialogueLocations(await readLocations(question.transaction, dialoguePopulation(question), cells));
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
