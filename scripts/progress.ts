import { Presets, SingleBar } from 'cli-progress';

/** Shows how far something is: a bar on a terminal, else a line every tenth. `done` and `total` are in `unit`. */
export interface Progress {
  update(done: number, total: number): void;
  finish(): void;
}

export function showProgress(title: string, unit: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? bar(title, unit, stream) : lines(title, unit, stream);
}

function bar(title: string, unit: string, stream: NodeJS.WriteStream): Progress {
  const format = `${title} {bar} {percentage}% {value}/{total} ${unit}`;
  const shown = new SingleBar({ format, stream, hideCursor: true, clearOnComplete: false }, Presets.shades_classic);
  let started = false;
  return {
    update(done, total) {
      if (!started) shown.start(total, 0);
      started = true;
      shown.setTotal(total);
      shown.update(done);
    },
    finish: () => shown.stop(),
  };
}

function lines(title: string, unit: string, stream: NodeJS.WriteStream): Progress {
  let tenths = -1;
  return {
    update(done, total) {
      const now = total === 0 ? 10 : Math.floor((10 * done) / total);
      if (now === tenths) return;
      tenths = now;
      stream.write(`${title}: ${now * 10} % (${done} of ${total} ${unit})\n`);
    },
    finish: () => undefined,
  };
}
