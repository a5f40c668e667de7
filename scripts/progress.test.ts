import { PassThrough } from 'node:stream';
import { type Progress, showProgress } from './progress.ts';

/** What is written while a progress is made, on a terminal or elsewhere. */
function written(isTTY: boolean, make: (progress: Progress) => void): string {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 100 });
  const progress = showProgress('Importing', 'KB', stream);
  make(progress);
  progress.finish();
  return stream.read()?.toString() ?? '';
}

function makeQuarters(progress: Progress): void {
  for (const done of [0, 1, 2, 3, 4]) progress.update(done, 4);
}

test('on a terminal it is a bar that leaves cursor and line wrapping as they are', () => {
  const shown = written(true, makeQuarters);
  expect(shown).toContain('100% 4/4 KB');
  // The sequences that hide the cursor and that end line wrapping.
  expect(shown).not.toContain('\u001b[?25l');
  expect(shown).not.toContain('\u001b[?7l');
});

test('on a terminal without a total it is what is done', () => {
  expect(written(true, (progress) => progress.update(17))).toContain('Importing 17 KB');
});

test('elsewhere it is a line a tenth, or each time that it doubles', () => {
  expect(written(false, makeQuarters)).toBe(
    [0, 20, 50, 70, 100].map((share, done) => `Importing: ${share} % (${done} of 4 KB)\n`).join(''),
  );
  const doubled = written(false, (progress) => {
    for (const done of [1, 2, 3, 4, 7, 8]) progress.update(done);
  });
  expect(doubled).toBe([1, 2, 4, 8].map((done) => `Importing: ${done} KB\n`).join(''));
});

test('what never began writes nothing', () => {
  expect(written(true, () => {}) + written(false, () => {})).toBe('');
});
