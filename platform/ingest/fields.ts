import { LineFault } from './line-fault.ts';
import { showValue } from './show-value.ts';

/** A line as it came: one JSON object. Fields that nobody asks for are ignored. */
export type JsonObject = Readonly<Record<string, unknown>>;

const MAX_ID_CHARACTERS = 64;
const ID_REMEDY = `send a string of 1 to ${MAX_ID_CHARACTERS} characters`;
/** What PostgreSQL's text cannot hold, and halves of surrogate pairs, which have no UTF-8. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
const EVERY_UNSTORABLE = /[\0\p{Surrogate}]/gu;

/** The value does not do: `${field} ${shown value} ${problem}; ${remedy}.` */
export function invalidField(field: string, problem: string, remedy: string): LineFault {
  return new LineFault('INVALID_FIELD', `${field} ${problem}; ${remedy}.`, field);
}

/** The value itself, or undefined where the field is absent or null. */
export function optionalValue(json: JsonObject, field: string): unknown {
  return json[field] ?? undefined;
}

/** @throws LineFault MISSING_FIELD where the optional reader found nothing; `remedy` says what to send */
export function required<T>(value: T | undefined, field: string, remedy: string): T {
  if (value !== undefined) return value;
  throw new LineFault('MISSING_FIELD', `${field} is missing; ${remedy}.`, field);
}

/**
 * A string of 1 to 64 characters (code points) that PostgreSQL can hold: no NUL, no half of a surrogate pair.
 * @throws LineFault INVALID_FIELD
 */
export function optionalId(json: JsonObject, field: string): string | undefined {
  const value = optionalValue(json, field);
  return value === undefined ? undefined : checkId(field, value);
}

/** As optionalId, but must be there. @throws LineFault MISSING_FIELD, INVALID_FIELD */
export function requiredId(json: JsonObject, field: string): string {
  return required(optionalId(json, field), field, ID_REMEDY);
}

/** A list of ids; undefined where it is absent or null. @throws LineFault INVALID_FIELD */
export function optionalIds(json: JsonObject, field: string): string[] | undefined {
  const value = optionalValue(json, field);
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw invalidField(field, `${showValue(value)} is not a list`, 'send a list of ids');
  return value.map((id) => checkId(field, id));
}

/**
 * One of the names that the contract lists, letter by letter.
 * @throws LineFault INVALID_FIELD naming all of them
 */
export function optionalEnum<T extends string>(json: JsonObject, field: string, names: readonly T[]): T | undefined {
  const value = optionalValue(json, field);
  if (value === undefined || names.includes(value as T)) return value as T | undefined;
  throw invalidField(field, `${showValue(value)} is not known`, `send ${oneOf(names)}`);
}

/** As optionalEnum, but must be there. @throws LineFault MISSING_FIELD, INVALID_FIELD */
export function requiredEnum<T extends string>(json: JsonObject, field: string, names: readonly T[]): T {
  const name = optionalEnum(json, field, names);
  // What to send is written only where it is needed: intake asks this of every line.
  return name ?? required<T>(undefined, field, `send ${oneOf(names)}`);
}

/**
 * A label or name of up to `maxCharacters` code points that is kept and shown as it is; the empty text counts as absent.
 * @throws LineFault INVALID_FIELD
 */
export function optionalText(json: JsonObject, field: string, maxCharacters: number): string | undefined {
  const value = optionalValue(json, field);
  if (value === undefined || value === '') return undefined;
  return checkText(field, value, maxCharacters, `send a string of at most ${maxCharacters} characters`);
}

/** As optionalText, but must be there and not be empty. @throws LineFault MISSING_FIELD, INVALID_FIELD */
export function requiredText(json: JsonObject, field: string, maxCharacters: number): string {
  const text = optionalText(json, field, maxCharacters);
  return required(text, field, `send a string of 1 to ${maxCharacters} characters`);
}

/**
 * What people wrote (`text`, `template`), of any length that a line holds. No message ever repeats it. What PostgreSQL
 * cannot hold becomes U+FFFD, one for one, because a message cut in the middle of an emoji is no reason to lose it.
 * @throws LineFault INVALID_FIELD where it is not a string
 */
export function optionalContent(json: JsonObject, field: string): string | undefined {
  const value = optionalValue(json, field);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw invalidField(field, 'is not a string', 'send a string');
  return UNSTORABLE.test(value) ? value.replace(EVERY_UNSTORABLE, '\ufffd') : value;
}

/** True or false. @throws LineFault INVALID_FIELD */
export function optionalBoolean(json: JsonObject, field: string): boolean | undefined {
  const value = optionalValue(json, field);
  if (value === undefined || typeof value === 'boolean') return value;
  throw invalidField(field, `${showValue(value)} is not a boolean`, 'send true or false, without quotes');
}

/** Whether the line takes its event back for good. @throws LineFault INVALID_FIELD where `deleted` is not a boolean */
export function isDeleted(json: JsonObject): boolean {
  return optionalBoolean(json, 'deleted') ?? false;
}

function checkId(field: string, value: unknown): string {
  if (value === '') throw invalidField(field, 'is empty', ID_REMEDY);
  return checkText(field, value, MAX_ID_CHARACTERS, ID_REMEDY);
}

function checkText(field: string, value: unknown, maxCharacters: number, remedy: string): string {
  if (typeof value !== 'string') throw invalidField(field, `${showValue(value)} is not a string`, remedy);
  if (value.length > maxCharacters) {
    const characters = Array.from(value).length;
    if (characters > maxCharacters) {
      throw invalidField(field, `${showValue(value)} has ${characters} characters`, remedy);
    }
  }
  if (UNSTORABLE.test(value)) {
    const problem = `${showValue(value)} holds ${value.includes('\0') ? 'a NUL character' : 'half of a surrogate pair'}`;
    throw invalidField(field, problem, 'leave it out');
  }
  return value;
}

function oneOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
