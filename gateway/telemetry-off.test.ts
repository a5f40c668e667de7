import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

test('measurements for the makers of @apollo/gateway are switched off before it is loaded', () => {
  // In a process of its own: what was loaded here and when, nobody knows any more.
  const watch = `
    const { registerHooks } = require('node:module');
    registerHooks({ resolve(name, context, next) {
      if (name === '@apollo/gateway') console.log('loaded with', process.env.APOLLO_TELEMETRY_DISABLED);
      return next(name, context);
    } });
    require('./gateway/gateway.ts');`;
  const { APOLLO_TELEMETRY_DISABLED: _, NODE_OPTIONS: __, ...env } = process.env;
  const register = ['--disable-warning=ExperimentalWarning', '--import', './scripts/swc-register.mjs'];
  const printed = execFileSync(process.execPath, [...register, '--eval', watch], { cwd: ROOT, env, encoding: 'utf8' });
  expect(printed).toBe('loaded with 1\n');
});
