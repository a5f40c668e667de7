declare module 'js-yaml' {
  /** Reads one YAML document. Throws where it does not hold. */
  export function load(text: string): unknown;
}
