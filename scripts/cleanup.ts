/** What has to be undone, in the reverse order of its doing. Each is undone even where another fails. */
export class Cleanup {
  private readonly steps: (() => Promise<unknown>)[] = [];
  private running: Promise<void> | undefined;

  add(step: () => Promise<unknown>): void {
    this.steps.push(step);
  }

  /** Undoes everything; once, however often it is called. Failures are told to `onFailure` and stop nothing. */
  run(onFailure: (error: unknown) => void): Promise<void> {
    this.running ??= this.undo(onFailure);
    return this.running;
  }

  private async undo(onFailure: (error: unknown) => void): Promise<void> {
    for (let step = this.steps.pop(); step; step = this.steps.pop()) await step().catch(onFailure);
  }
}
