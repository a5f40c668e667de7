import { IANAZone } from 'luxon';
import { DAY_MS, type Instant, MINUTE_MS } from './instant.ts';

/** A stretch of time with one offset; it ends where the next begins. */
interface Span {
  readonly from: Instant;
  readonly offsetMs: number;
}

/** Offsets are looked up by chunks of this length. */
const CHUNK_MS = 8 * DAY_MS;

/**
 * Offsets are asked for at this distance and sought by halving in between where they differ. Two changes that undo each other
 * within it would be missed; since 2000 no zone has had two changes less than 6.9 days apart (all zones of tzdata 2025b).
 */
const PROBE_MS = 2 * DAY_MS;

/** From here on zones know only yearly rules, whose changes lie weeks apart, and a whole chunk is probed at once. */
const ONLY_RULES_FROM = Date.UTC(2100, 0, 1);

/** Caps on what is kept, far above what charts need: a century a zone. Beyond them the cache starts anew. */
const MAX_CHUNKS = 5_000;
const MAX_ZONES = 100;

/** What is known of one zone: the spans of each chunk of time that somebody has asked about. */
class ZoneOffsets {
  private readonly zone: IANAZone;
  private readonly chunks = new Map<number, readonly Span[]>();

  constructor(name: string) {
    this.zone = IANAZone.create(name);
    if (!this.zone.isValid) throw new RangeError(`unknown time zone: ${name}`);
  }

  /** Spans that together cover one chunk; the first begins with it, each later one with a change of the offset. */
  spans(index: number): readonly Span[] {
    const known = this.chunks.get(index);
    if (known !== undefined) return known;
    const spans = this.findSpans(index * CHUNK_MS);
    if (this.chunks.size >= MAX_CHUNKS) this.chunks.clear();
    this.chunks.set(index, spans);
    return spans;
  }

  private findSpans(start: Instant): Span[] {
    let last: Span = { from: start, offsetMs: this.ask(start) };
    const spans = [last];
    const probeMs = start < ONLY_RULES_FROM ? PROBE_MS : CHUNK_MS;
    for (let end = start + probeMs; end <= start + CHUNK_MS; end += probeMs) {
      const offsetAtEnd = this.ask(end);
      // More than one change may lie between two probes, so that one is sought after another.
      while (last.offsetMs !== offsetAtEnd) {
        last = this.nextSpan(Math.max(last.from, end - probeMs), end, last.offsetMs);
        if (last.from === start + CHUNK_MS) return spans;
        spans.push(last);
      }
    }
    return spans;
  }

  /** The change of the offset that lies after `before`, where the offset is `offsetMs`, and not after `after`, where it is not. */
  private nextSpan(before: Instant, after: Instant, offsetMs: number): Span {
    let [unchanged, changed] = [before, after];
    while (changed - unchanged > 1) {
      const middle = Math.floor((unchanged + changed) / 2);
      if (this.ask(middle) === offsetMs) unchanged = middle;
      else changed = middle;
    }
    return { from: changed, offsetMs: this.ask(changed) };
  }

  private ask(instant: Instant): number {
    // Local mean times of the 19th century have seconds, which luxon gives as fractions of a minute.
    const offsetMs = Math.round(this.zone.offset(instant) * MINUTE_MS);
    if (Number.isNaN(offsetMs)) throw new RangeError(`not an instant: ${instant}`);
    return offsetMs;
  }
}

const zones = new Map<string, ZoneOffsets>();

function zoneOffsets(timeZone: string): ZoneOffsets {
  let offsets = zones.get(timeZone);
  if (offsets === undefined) {
    offsets = new ZoneOffsets(timeZone);
    if (zones.size >= MAX_ZONES) zones.clear();
    zones.set(timeZone, offsets);
  }
  return offsets;
}

/** Milliseconds by which local clocks of a zone are ahead of UTC; negative in the west. Throws a RangeError for an unknown zone. */
export function offsetAt(timeZone: string, instant: Instant): number {
  const spans = zoneOffsets(timeZone).spans(Math.floor(instant / CHUNK_MS));
  let index = spans.length - 1;
  while (index > 0 && (spans[index] as Span).from > instant) index--;
  return (spans[index] as Span).offsetMs;
}

/** The instants in [from, to) at which a zone's offset changes, ascending. */
export function offsetChanges(timeZone: string, from: Instant, to: Instant): Instant[] {
  const offsets = zoneOffsets(timeZone);
  const changes: Instant[] = [];
  let before = offsetAt(timeZone, from - 1);
  for (let chunk = Math.floor(from / CHUNK_MS); chunk * CHUNK_MS < to; chunk++) {
    for (const span of offsets.spans(chunk)) {
      if (span.from >= to) break;
      if (span.from >= from && span.offsetMs !== before) changes.push(span.from);
      before = span.offsetMs;
    }
  }
  return changes;
}
