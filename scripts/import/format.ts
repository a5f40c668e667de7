/** What becomes one line of a request: an event as JSON, or the reason why there is none. */
export type FileRecord = EventRecord | FaultyRecord;

/** One event. */
export interface EventRecord {
  /** Line of the file on which the record begins, from 1. */
  readonly line: number;
  /** One JSON value without line ends, in UTF-8. */
  readonly json: Buffer;
  readonly fault?: undefined;
}

/** A record that cannot become an event. It is counted and listed like one that the service rejects. */
export interface FaultyRecord {
  readonly line: number;
  readonly fault: RecordFault;
}

export interface RecordFault {
  /** A code of the service's line errors, or INVALID_CSV. */
  readonly code: string;
  /** A sentence with the remedy. */
  readonly message: string;
}

/** Whose clocks wrote the times of a file. */
export interface LocalClocks {
  /** IANA name. */
  readonly timeZone: string;
}

/** A form that a file may have. */
export interface Format {
  readonly name: string;
  /** What --help says of it. */
  readonly description: string;
  /** The kinds of events that it holds; missing where it holds any. */
  readonly kinds?: readonly string[];
  /** Its times are those of local clocks, so that it cannot be read without their zone. */
  readonly hasLocalTimes?: true;
  /**
   * Reads the records, in the order of the file and only as far as they are asked for, in constant memory. Blank lines are
   * left out. Throws CommandError where the file cannot be read on.
   */
  read(source: AsyncIterable<Buffer>, clocks?: LocalClocks): AsyncIterable<FileRecord>;
}
