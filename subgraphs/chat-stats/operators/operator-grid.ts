/** One number an operator and bucket; 0 where nothing was set. */
export class OperatorGrid {
  private readonly rows = new Map<string, number[]>();

  /** @param buckets how many there are */
  constructor(private readonly buckets: number) {}

  /** Adds to a cell. @param bucket from 0 */
  add(operatorId: string, bucket: number, value: number): void {
    const row = this.rows.get(operatorId) ?? this.zeros();
    row[bucket] = (row[bucket] ?? 0) + value;
    this.rows.set(operatorId, row);
  }

  /** As long as there are buckets. */
  of(operatorId: string): readonly number[] {
    return this.rows.get(operatorId) ?? this.zeros();
  }

  /** Operators of whom anything was set. */
  operatorIds(): Iterable<string> {
    return this.rows.keys();
  }

  private zeros(): number[] {
    return new Array<number>(this.buckets).fill(0);
  }
}
