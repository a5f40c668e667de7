import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { readComposeFile } from './compose-file.ts';

// The dialect is the one that Ajv knows; the schema writes its address without the # at the end.
const { $schema: _, ...schema } = JSON.parse(readFileSync(join(__dirname, 'compose-spec/compose-spec.json'), 'utf8'));
const isCompose = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

/** Faults of a Compose file: where, and what. */
function faultsOf(compose: object): string[] {
  isCompose(compose);
  return (isCompose.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The file as Compose hands it to its schema: fragments that begin with `x-` stay, merges are done. */
const compose = () =>
  structuredClone(readComposeFile()) as unknown as { services: Record<string, Record<string, unknown>> };

test('docker-compose.yml holds for the schema of the Compose specification', () => {
  expect(faultsOf(compose())).toEqual([]);
});

test.each<[string, string, unknown]>([
  ['/services/gateway must NOT have additional properties', 'depend_on', {}],
  ['/services/gateway/ports must be array', 'ports', '4000:4000'],
  ['/services/gateway/networks must NOT have duplicate items (items ## 1 and 0 are identical)', 'networks', ['a', 'a']],
])('%s is noticed', (fault, key, value) => {
  const wrong = compose();
  wrong.services['gateway'] = { ...wrong.services['gateway'], [key]: value };
  expect(faultsOf(wrong)).toContain(fault);
});
