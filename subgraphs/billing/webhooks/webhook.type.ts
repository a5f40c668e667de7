import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionTypes, DateTime, UserError } from '#platform/graphql';
import { BillingChange, BillingChangeKind } from '../changes/billing-change.type.ts';
import type { ChangeKind } from '../changes/record-change.ts';

@ObjectType({ description: "An address that is told of a company's changes, in their order, each at least once." })
export class Webhook {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field({ description: 'Where messages are sent to.' })
  url!: string;

  @Field(() => [BillingChangeKind], { description: 'Kinds of changes that it is told of.' })
  kinds!: ChangeKind[];

  @Field(() => DateTime, { description: "When it was registered, in the company's zone." })
  createdAt!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Cursor of billingChanges up to which everything of its kinds was delivered; of a new one the place at which it was ' +
      'registered.',
  })
  deliveredUpTo!: string | null;
}

@InputType({ description: 'A webhook to register.' })
export class RegisterWebhookInput {
  @Field({
    description: 'Where to send messages to: a public address that begins with https://, of at most 2048 characters.',
  })
  url!: string;

  @Field(() => [BillingChangeKind], {
    nullable: true,
    description: 'Kinds of changes to be told of; default, also for an empty list: all.',
  })
  kinds?: ChangeKind[] | null;

  @Field({
    description: 'Key of this request, 1 to 128 characters: however often it is sent, one webhook is registered.',
  })
  idempotencyKey!: string;
}

@ObjectType({ description: 'What became of a request for a webhook.' })
export class RegisterWebhookPayload {
  @Field(() => Webhook, { nullable: true, description: 'The webhook; null where it was refused.' })
  webhook!: Webhook | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Secret with which its messages are signed, shown this once: whsec_ and the key in base64. Null where it was refused, and ' +
      'where the same request had come before.',
  })
  secret!: string | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'What became of a request to delete a webhook.' })
export class DeleteWebhookPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the webhook that is gone; null where it was refused.' })
  deletedId!: string | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'What became of a request to send changes again.' })
export class ReplayWebhookPayload {
  @Field(() => Webhook, { nullable: true, description: 'The webhook; null where it was refused.' })
  webhook!: Webhook | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'One try to tell a webhook of a change. Tries are kept for 30 days.' })
export class WebhookDelivery {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => DateTime, { description: "When it ended, in the company's zone." })
  at!: string;

  @Field(() => Int, { description: 'Which try of this change it was, from 1; counted anew after a replay.' })
  attempt!: number;

  @Field(() => BillingChange, { description: 'The change.' })
  change!: BillingChange;

  @Field(() => Int, { nullable: true, description: 'HTTP status of the answer; null where there was none.' })
  responseStatus!: number | null;

  @Field(() => String, { nullable: true, description: 'Why it was not received, for people; null where it was.' })
  error!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the next try was to follow; null where it was received.',
  })
  nextAttemptAt!: string | null;
}

export const { Connection: WebhookDeliveryConnection } = connectionTypes(WebhookDelivery, 'tries of a webhook');
