import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLLocalDate, GraphQLLocalTime, GraphQLSafeInt } from 'graphql-scalars';
import { isCurrency } from '#platform/money';
import { parseInstant, parseTimeZone } from '#platform/time';

/** A scalar that travels as text; `parse` gives the value that resolvers work with, or undefined where the text is none. */
function textScalar<T>(options: {
  name: string;
  description: string;
  remedy: string;
  parse: (text: string) => T | undefined;
}): GraphQLScalarType<T, string> {
  const read = (value: unknown, node?: ValueNode): T => {
    const parsed = typeof value === 'string' ? options.parse(value) : undefined;
    if (parsed === undefined) {
      throw new GraphQLError(`${shown(value)} is not a ${options.name}: ${options.remedy}`, {
        nodes: node,
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
    return parsed;
  };
  return new GraphQLScalarType<T, string>({
    name: options.name,
    description: options.description,
    serialize: (value) => value as string,
    parseValue: (value) => read(value),
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined, node),
  });
}

function shown(value: unknown): string {
  return value === undefined ? 'the value' : JSON.stringify(value).slice(0, 80);
}

/** In: epoch milliseconds. Out: text that the resolver has made with the zone that belongs to it. */
export const DateTime = textScalar<number>({
  name: 'DateTime',
  description:
    'RFC 3339 instant, always with an offset and with milliseconds in the output: 2026-11-22T10:00:00.000+03:00. ' +
    'Digits finer than milliseconds are cut.',
  remedy: 'write an RFC 3339 instant with an offset, such as 2026-11-22T10:00:00+03:00.',
  parse: parseInstant,
});

export const TimeZone = textScalar<string>({
  name: 'TimeZone',
  description:
    'IANA time zone name, such as Europe/Moscow. Bare offsets are refused: they are wrong across daylight-saving changes.',
  remedy:
    'write an IANA name such as Europe/Moscow; bare offsets are refused, because they do not know daylight saving.',
  parse: parseTimeZone,
});

export const Decimal = textScalar<string>({
  name: 'Decimal',
  description: 'Exact decimal as a string, never a float: "12.50".',
  remedy: 'write digits with at most one point, as a string: "12.50".',
  parse: (text) => (/^-?\d{1,30}(\.\d{1,12})?$/.test(text) ? text : undefined),
});

export const LocalDate = textScalar<string>({
  name: 'LocalDate',
  description: 'Calendar date, 2026-11-22.',
  remedy: 'write a date of the calendar as YYYY-MM-DD.',
  parse: (text) => accepted(GraphQLLocalDate, text),
});

export const LocalTime = textScalar<string>({
  name: 'LocalTime',
  description: 'Wall-clock time, 09:30 or 09:30:15.',
  remedy: 'write hours and minutes, and seconds if need be, of a 24-hour clock: 09:30 or 09:30:15.',
  parse: (text) => accepted(GraphQLLocalTime, text),
});

export const Currency = textScalar<string>({
  name: 'Currency',
  description: 'ISO 4217 code, such as EUR.',
  remedy: 'write an ISO 4217 code in capitals, such as EUR.',
  parse: (text) => (isCurrency(text) ? text : undefined),
});

export const SafeInt = new GraphQLScalarType({
  ...GraphQLSafeInt.toConfig(),
  description: 'Integer, exact up to 2^53-1.',
  specifiedByURL: null,
});

/** The text, where a scalar of the library takes it. */
function accepted(scalar: GraphQLScalarType, text: string): string | undefined {
  try {
    scalar.parseValue(text);
    return text;
  } catch {
    return undefined;
  }
}
