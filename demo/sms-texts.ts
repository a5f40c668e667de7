import type { Occasion } from './message-traffic.ts';
import type { Random } from './random.ts';

/** A text to send and the parts it takes. The texts hold no character of the GSM-7 extension table and no emoji. */
export interface SmsText {
  text: string;
  parts: number;
}

/** `{code}`, `{order}`, `{name}`, `{time}`, `{amount}` are filled in. Short texts stand first and more often than long ones. */
const TEMPLATES: Readonly<Record<Occasion, readonly string[]>> = {
  TRANSACTION: [
    'Код подтверждения: {code}. Никому его не сообщайте.',
    'Код для входа: {code}',
    'Your code is {code}. Do not share it with anyone.',
    '{name}, заказ {order} передан курьеру.',
    'Заказ {order} готов к выдаче. Код получения {code}.',
    'Order {order} has been shipped. Your courier will call you before {time}.',
    'Payment of {amount} EUR received. Thank you!',
    '{name}, ждём вас завтра в {time}. Если планы изменились, ответьте на это сообщение или позвоните нам.',
    'Оплата {amount} EUR по заказу {order} получена. Чек отправлен на вашу почту, он появится там в течение часа.',
    'Dear {name}, your appointment is confirmed for tomorrow at {time}. Reply 1 to confirm, 2 to move it or 3 to cancel. You can also call us any day from 9:00 to 20:00. See you soon!',
    '{name}, доставка заказа {order} запланирована на завтра до {time}. Курьер позвонит за час. Если вас не будет дома, перенесите доставку в личном кабинете или назовите удобное время оператору.',
  ],
  CAMPAIGN: [
    '{name}, только до воскресенья скидка 20 % на всё! Промокод {code}. Ждём вас в магазинах и на сайте demo.example',
    'Last days of the sale, {name}: 20 % off everything until Sunday with code {code}. Shop at demo.example',
    '{name}, мы подобрали для вас новинки сезона. При заказе от {amount} EUR доставка бесплатна, а с промокодом {code} ещё и подарок к первой покупке. Подробности на demo.example',
  ],
};

const NAMES = {
  russian: ['Анна', 'Сергей', 'Мария', 'Дмитрий', 'Елена', 'Александр', 'Ольга', 'Иван', 'Екатерина', 'Михаил'],
  english: ['Anna', 'James', 'Maria', 'Daniel', 'Emma', 'Alex', 'Olivia', 'Ivan', 'Kate', 'Michael'],
};
const CYRILLIC = /[А-яЁё]/;

/** A text of the demo company for this occasion, in Russian or English, of one to three parts. */
export function smsText(occasion: Occasion, random: Random): SmsText {
  const templates = TEMPLATES[occasion];
  const share = random.next();
  // Bent towards the beginning of the list, by plain arithmetic that gives the same bits everywhere.
  const template = templates[Math.floor(((share * (1 + share)) / 2) * templates.length)] as string;
  const text = fill(template, random);
  return { text, parts: partsOf(text) };
}

function fill(template: string, random: Random): string {
  const names = CYRILLIC.test(template) ? NAMES.russian : NAMES.english;
  const values: Record<string, () => string> = {
    code: () => String(random.between(1000, 10_000)),
    order: () => String(random.between(100_000, 1_000_000)),
    name: () => random.pick(names),
    time: () => `${random.between(10, 20)}:${random.pick(['00', '30'])}`,
    amount: () => `${random.between(5, 180)}.${random.pick(['00', '50', '90', '99'])}`,
  };
  return template.replace(/\{(\w+)\}/g, (_field, name: string) => values[name]?.() ?? '');
}

/** What the carrier bills. Plain division is right only because the templates hold no character of double width. */
function partsOf(text: string): number {
  const [single, several] = CYRILLIC.test(text) ? [70, 67] : [160, 153];
  return text.length <= single ? 1 : Math.ceil(text.length / several);
}
