import { Field, ObjectType } from 'type-graphql';
import { Money, Service, type ServiceName, UsageLine } from '#platform/graphql';

@ObjectType({
  description: 'What was billed of a service for a month, beside what the statistics say of that month now.',
})
export class ReconciliationLine {
  @Field(() => Service, { description: 'The service.' })
  service!: ServiceName;

  @Field(() => UsageLine, { description: 'Its usage when the month closed; quantity 0 where there was none.' })
  billed!: UsageLine;

  @Field(() => UsageLine, {
    description: 'Its usage of the same month now, late events included; quantity 0 where there is none.',
  })
  present!: UsageLine;

  @Field(() => Money, {
    description:
      'Present less billed amount, net; it is never billed by itself. Above 0: more was used than was billed.',
  })
  difference!: Money;
}
