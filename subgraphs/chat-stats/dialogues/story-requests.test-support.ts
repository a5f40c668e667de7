/** How many times a story's lines are cut, so that neighbours of one kind travel together. */
const PARTS = 6;

/** Lines in their order as requests: of every part of them one request a kind. */
export function toRequests<Kind extends string>(lines: readonly (readonly [kind: Kind, line: object])[]) {
  const size = Math.ceil(lines.length / PARTS);
  const parts = Array.from({ length: PARTS }, (_, part) => lines.slice(part * size, (part + 1) * size));
  return parts.flatMap((part) =>
    [...Map.groupBy(part, ([kind]) => kind)].map(([kind, own]) => ({ kind, lines: own.map(([, line]) => line) })),
  );
}
