import { Presets, SingleBar } from 'cli-progress';

/** Shows how far something is: a bar on a terminal, else a line every tenth. `done` and `total` are in `unit`. */
export interface Progress {
  /** Without a total only what is done is shown; elsewhere than on a terminal, as often as it doubles. */
  update(done: number, total?: number): void;
  finish(): void;
}

export type ProgressStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

export function showProgress(title: string, unit: string, stream: ProgressStream = process.stderr): Progress {
  return stream.isTTY ? bar(title, unit, stream) : lines(title, unit, stream);
}

function bar(title: string, unit: string, stream: NodeJS.WritableStream): Progress {
  const format = (hasTotal: boolean) =>
    hasTotal ? `${title} {bar} {percentage}% {value}/{total} ${unit}` : `${title} {value} ${unit}`;
  let shown: SingleBar | undefined;
  return {
    update(done, total) {
      if (!shown) {
        // Cursor and line wrapping stay as they are: Ctrl-C would leave them changed.
        const options = { format: format(total !== undefined), stream, hideCursor: false, linewrap: true };
        shown = new SingleBar(options, Presets.shades_classic);
        shown.start(total ?? done, 0);
      }
      shown.setTotal(total ?? done);
      shown.update(done);
    },
    finish: () => shown?.stop(),
  };
}

function lines(title: string, unit: string, stream: NodeJS.WritableStream): Progress {
  let tenths = -1;
  let told = 0;
  return {
    update(done, total) {
      if (total === undefined) {
        if (done < 2 * told || done === 0) return;
        told = done;
        stream.write(`${title}: ${done} ${unit}\n`);
        return;
      }
      const now = total === 0 ? 10 : Math.floor((10 * done) / total);
      if (now === tenths) return;
      tenths = now;
      stream.write(`${title}: ${now * 10} % (${done} of ${total} ${unit})\n`);
    },
    finish: () => undefined,
  };
}
