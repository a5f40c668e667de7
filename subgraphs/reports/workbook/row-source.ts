import type { Cells } from './cell.ts';

/** Rows as they come, page by page. */
export type Pages = Iterable<readonly Cells[]> | AsyncIterable<readonly Cells[]>;

/** Takes rows out of pages, as many at a time as there is room for. Holds one page. */
export class RowSource {
  private readonly pages: AsyncIterator<readonly Cells[]> | Iterator<readonly Cells[]>;
  private page: readonly Cells[] = [];
  private taken = 0;

  constructor(pages: Pages) {
    this.pages = Symbol.asyncIterator in pages ? pages[Symbol.asyncIterator]() : pages[Symbol.iterator]();
  }

  /** Whether there is another row. */
  async hasMore(): Promise<boolean> {
    while (this.taken === this.page.length) {
      const next = await this.pages.next();
      if (next.done) return false;
      this.page = next.value;
      this.taken = 0;
    }
    return true;
  }

  /** The next rows, at most as many; empty at the end. */
  async take(most: number): Promise<readonly Cells[]> {
    if (most === 0 || !(await this.hasMore())) return [];
    const rows = this.page.slice(this.taken, this.taken + most);
    this.taken += rows.length;
    return rows;
  }

  /** Tells the source that nothing more is wanted. */
  async close(): Promise<void> {
    await this.pages.return?.();
  }
}
