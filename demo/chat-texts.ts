import type { Random } from './random.ts';

const CLIENT_PHRASES = {
  Hello: 14,
  'Where is my order?': 12,
  'Good afternoon': 8,
  'When will it be delivered?': 8,
  'Thank you!': 12,
  'Is this in stock?': 7,
  'How can I return it?': 6,
  Yes: 9,
  No: 4,
  'How much is the delivery?': 5,
  'I want to talk to an operator': 6,
  'The promo code does not work': 3,
  'Can I pay by card?': 3,
  OK: 7,
} as const;

const OPERATOR_PHRASES = {
  'Hello, how can I help you?': 14,
  'One moment, please, I am checking': 12,
  'Your order is on its way': 8,
  'The money will be back within three days': 5,
  'Yes, we have it in stock': 6,
  'Is there anything else?': 9,
  'Have a nice day!': 9,
} as const;

/** Phrases of bots with their variable parts, as the script has them. */
const BOT_TEMPLATES = {
  'Hello, {name}! I am a bot. What can I do for you?': 20,
  'Your order {order} is on its way and arrives on {date}': 12,
  'Please choose: delivery, payment, returns': 12,
  'I have not understood. Shall I call an operator?': 7,
  'Delivery is free from {amount}': 6,
  'Was this helpful?': 9,
} as const;

const NAMES = ['Maria', 'Ivan', 'Olga', 'Peter', 'Nina', 'Sergey'];

export function clientText(random: Random): string {
  const phrase = random.weighted(CLIENT_PHRASES);
  // Some questions are about one order, and no two of them are alike.
  return random.chance(0.06) ? `${phrase} Order ${random.between(100_000, 999_999)}` : phrase;
}

export function operatorText(random: Random): string {
  return random.weighted(OPERATOR_PHRASES);
}

/** What a bot wrote, and the template that it filled in. */
export function botText(random: Random): { text: string; template: string } {
  const template = random.weighted(BOT_TEMPLATES);
  const text = template
    .replace('{name}', random.pick(NAMES))
    .replace('{order}', String(random.between(100_000, 999_999)))
    .replace('{date}', `the ${random.between(1, 29)}th`)
    .replace('{amount}', `${random.between(2, 6) * 10} euros`);
  return { text, template };
}
