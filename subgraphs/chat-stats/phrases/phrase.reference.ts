import { type PhraseQuestion, type PhraseStory, TEXTS } from './phrase.arbitrary.ts';

/** A slow and plain reading of the rules for phrases, written apart from the service. */

function phraseOf(text: string): string {
  return Object.keys(TEXTS).find((phrase) => TEXTS[phrase]?.includes(text)) ?? '';
}

/** The answer to a question, where phrases are shown from so many clients on. */
export function phrasesOf(story: PhraseStory, question: PhraseQuestion, minClients: number) {
  const { gone } = story;
  const dialogues = new Map(
    story.dialogues.filter(({ id }) => !gone.dialogues.includes(id)).map((one) => [one.id, one]),
  );
  const counted = story.messages.flatMap(({ id, dialogueId, author, sentAt, text = '', template = '' }) => {
    const dialogue = dialogues.get(dialogueId);
    if (gone.messages.includes(id) || !dialogue) return [];
    const phrase = phraseOf(author === 'BOT' ? template || text : text);
    return phrase === '' ? [] : [{ phrase, author, sentAt, dialogue, client: dialogue.clientId ?? dialogue.id }];
  });
  const clientsOf = (phrase: string) =>
    new Set(counted.filter((message) => message.phrase === phrase).map(({ client }) => client)).size;
  const { messengers = [] } = question.filter;
  const asked = counted.filter(
    ({ author, sentAt, dialogue }) =>
      author === question.author &&
      sentAt >= question.from &&
      sentAt < question.to &&
      (messengers.length === 0 || messengers.includes(dialogue.messenger)),
  );
  const counts = Map.groupBy(asked, ({ phrase }) => phrase);
  return [...counts]
    .filter(([phrase]) => clientsOf(phrase) >= minClients)
    .map(([phrase, { length: count }]) => ({ phrase, count, share: Math.round((1000 * count) / asked.length) / 10 }))
    .sort((one, other) => other.count - one.count || (one.phrase < other.phrase ? -1 : 1))
    .slice(0, question.first);
}
