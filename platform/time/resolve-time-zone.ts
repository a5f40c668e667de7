import { badInput } from '#platform/errors';
import { shown } from './shown.ts';
import { isBareOffset, parseTimeZone } from './zone-name.ts';

/** The canonical name of a zone that a client named; BAD_USER_INPUT with that path where there is none such. */
export function resolveTimeZone(name: string, path: readonly string[]): string {
  const timeZone = parseTimeZone(name);
  if (timeZone !== undefined) return timeZone;
  throw badInput(
    path,
    isBareOffset(name)
      ? `${shown(name)} is an offset and not a time zone: offsets do not know daylight saving; send an IANA name such as Europe/Moscow.`
      : `${shown(name)} is not a known time zone; send an IANA name such as Europe/Moscow.`,
  );
}
