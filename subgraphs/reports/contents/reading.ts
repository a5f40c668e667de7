import { parseInstant } from '#platform/time';
import type { Label } from './labels.ts';

/** Up to which commit the pages of one source were read; null where it has never received anything. */
export interface Source {
  readonly label: Label;
  readonly first: number | null;
  readonly last: number | null;
  /** Whether nothing changed from the first page to the last. */
  readonly unchanged: boolean;
}

/** What is known of the data in a file while it is read. */
export class Reading {
  rows = 0;
  private readonly known = new Map<Label, Source & { stamp: string }>();

  /**
   * Takes note of a page. `asOf` is RFC 3339; `stamp` is the same for as long as the source does not change, and `asOf` itself
   * where there is none.
   */
  note(label: Label, asOf: string | null, stamp = String(asOf)): void {
    const at = asOf === null ? null : (parseInstant(asOf) ?? null);
    const before = this.known.get(label);
    const unchanged = before === undefined || (before.unchanged && before.stamp === stamp);
    this.known.set(label, { label, first: before ? before.first : at, last: at, unchanged, stamp });
  }

  sources(): readonly Source[] {
    return [...this.known.values()];
  }

  /** Everything received up to here is in the file, from every source; null before the first. Epoch milliseconds. */
  asOf(): number | null {
    const moments = this.sources().flatMap(({ first }) => first ?? []);
    return moments.length === 0 ? null : Math.min(...moments);
  }

  isOfOneMoment(): boolean {
    return this.sources().every(({ unchanged }) => unchanged);
  }
}
