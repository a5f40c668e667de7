/** How much is measured, in messages unless it says otherwise. */
export interface Sizes {
  /** Of the company of the year's questions. */
  readonly large: number;
  /** Of the company that shows how an answer grows. */
  readonly medium: number;
  /** From how many messages on a company has levels. */
  readonly levelsFrom: number;
  /** Of a company that is just too small for them. */
  readonly small: number;
  /** Of the company that PostGraphile is asked about. */
  readonly peer: number;
  /** What is there already when events are taken in. */
  readonly busy: number;
  /** Events of one round of ingest. */
  readonly events: number;
  /** Calls of the company whose trunks' peaks are asked for. */
  readonly calls: number;
  /** Chat messages of the company whose operators and phrases are asked about. */
  readonly chatMessages: number;
  /** Changes of its operators' states. */
  readonly operatorStates: number;
  /** Rows of a workbook that is written alone, and messages of a report from the graph. */
  readonly reportRows: number;
  /** Companies of the smaller close of a month; the larger one has four times as many, and there are two of each. */
  readonly closed: number;
  /** Of the company whose partner takes in all of them. */
  readonly invoices: number;
  readonly rounds: number;
}

/** Ten minutes on two cores. */
export const DEFAULT_SIZES: Sizes = {
  large: 1_000_000,
  medium: 200_000,
  levelsFrom: 30_000,
  small: 29_999,
  peer: 1_000_000,
  busy: 200_000,
  events: 100_000,
  calls: 200_000,
  chatMessages: 200_000,
  operatorStates: 350_000,
  reportRows: 200_000,
  closed: 30,
  invoices: 20_000,
  rounds: 5,
};

/** The sizes of which the targets speak. */
export const FULL_SIZES: Sizes = {
  ...DEFAULT_SIZES,
  large: 5_000_000,
  busy: 1_000_000,
  calls: 500_000,
  chatMessages: 2_000_000,
  reportRows: 1_000_000,
  closed: 150,
  invoices: 100_000,
};
