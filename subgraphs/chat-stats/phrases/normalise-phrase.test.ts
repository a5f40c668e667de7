import { normalisePhrase } from './normalise-phrase.ts';

test.each([
  ['  Where   IS my\n\torder?! ', 'where is my order', 'case, spaces and punctuation'],
  ['Ｈｅｌｌｏ ﬁne ①', 'hello fine #', 'compatibility forms'],
  ['СПАСИБО ❤️👍🏽👨‍👩‍👧!!! 1️⃣', 'спасибо #', 'emoji, with all that belongs to them'],
  ["I don't, it’s e-mail", 'i dont its e mail', 'apostrophes within words'],
  ['Order №123456, of 10.03.', 'order no# of # #', 'every number'],
  ['#sale_2026', 'sale #', 'a # that somebody wrote'],
  ['नमस्ते می‌خواهم', 'नमस्ते میخواهم', 'scripts whose letters have marks'],
  ['mail Anna.O+x@Mail.example.co.uk, or a@b.cd!', 'mail #email or #email', 'e-mail addresses'],
  ['+7 (921) 555-12-34', '#phone', 'a number with its country'],
  ['call 8 921 5551234 or 030/1234567', 'call #phone or # #', 'a long number without'],
  ['pay 4111 1111 1111 1111 now', 'pay #card now', 'a card'],
  ['pay 4111-1111-1111-1112 now', 'pay # # # # now', 'no card, by its check digit'],
  ['2026-03-10 11', '# # # #', 'a date and no telephone number'],
  ['12345678', '', 'nothing but a number, too short for a telephone'],
  ['\ue000 \ue002', '', 'characters that stand for masks'],
  ['!', '', 'nothing but punctuation'],
  ['k.', '', 'a single letter'],
  ['ok', 'ok', 'two letters'],
  ['7', '', 'a digit'],
  ['𝐎', '', 'one character of two code units'],
  ['😀', '', 'one emoji'],
])('%j becomes %j: %s', (text, phrase) => {
  expect(normalisePhrase(text)).toBe(phrase);
});

test.each([
  ['a letter', 'a'],
  ['a letter and a dot', 'a.'],
  ['@', '@'],
  ['a@', 'a@'],
  ['a digit', '1'],
  ['a digit and spaces', '1    '],
  ['a mark', '\u0301'],
])('a text of the longest line, of %s again and again, costs no more than its length', (_, part) => {
  const before = process.cpuUsage();
  normalisePhrase(part.repeat(65_536 / part.length));
  const { user } = process.cpuUsage(before);
  expect(user / 1e6).toBeLessThan(0.5); // Processor seconds: a busy machine fails no test.
});
