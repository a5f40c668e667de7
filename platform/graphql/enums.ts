import { registerEnumType } from 'type-graphql';

/**
 * Registers an enum of the schema from the descriptions of its values, and gives it back as an object of its names, which is
 * what type-graphql takes as a type. Every value has a description.
 */
export function describedEnum<Name extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Name, string>>,
): { readonly [N in Name]: N } {
  const names = Object.fromEntries(Object.keys(values).map((value) => [value, value])) as { [N in Name]: N };
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(values).map(([value, text]) => [value, { description: text }]),
  ) as Record<Name, { description: string }>;
  registerEnumType(names, { name, description, valuesConfig });
  return names;
}
