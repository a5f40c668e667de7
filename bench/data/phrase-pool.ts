import { createRandom, type Random } from '../../demo/random.ts';
import { type Phrase, toPhrase } from '../../subgraphs/chat-stats/phrases/phrase.ts';

const SYLLABLES = ['ba', 'de', 'fi', 'go', 'ka', 'le', 'mi', 'no', 'pa', 're', 'si', 'to', 'va', 'ze'];

/** Texts that people write again and again: few of them very often, most of them hardly ever, as in any language (Zipf's law). */
export class PhrasePool {
  private readonly known = new Map<number, Phrase>();

  /**
   * @param seed tells pools apart
   * @param size how many different texts there are
   */
  constructor(
    private readonly seed: number,
    private readonly size: number,
  ) {}

  /** One of the texts: the tenth comes a tenth as often as the first. */
  pick(random: Random): Phrase {
    const rank = Math.floor((this.size + 1) ** random.next());
    const phrase = this.known.get(rank) ?? this.make(rank);
    this.known.set(rank, phrase);
    return phrase;
  }

  private make(rank: number): Phrase {
    const random = createRandom(this.seed, rank);
    const word = () => Array.from({ length: random.between(1, 4) }, () => random.pick(SYLLABLES)).join('');
    return toPhrase(Array.from({ length: random.between(2, 9) }, word).join(' '));
  }
}
