import { defineCommand } from './command.ts';
import { CommandError } from './command-error.ts';
import { testTerminal } from './terminal.test-support.ts';

/** Prints what it was given. */
const runSample = defineCommand({
  name: 'sample',
  description: 'Shows what a command is given.',
  positionals: [{ name: 'KIND', description: 'name the kind of events.' }],
  options: {
    company: { value: 'ID', required: true, description: 'The company.' },
    url: { value: 'URL', description: 'The address.', default: 'none' },
    atomic: { description: 'All or none.' },
  },
  environment: { PORT: 'The port.' },
  examples: { 'An example': 'npm run sample -- messages --company 7' },
  async work({ options, positionals, terminal }) {
    if (options.url === 'nowhere') throw new CommandError('there is nothing; look elsewhere.');
    if (options.url === 'broken') throw new TypeError('a fault');
    terminal.stdout.write(JSON.stringify({ options, positionals }));
    return 0;
  },
});

const HINT = 'All options: npm run sample -- --help\n';

async function sample(...argv: string[]) {
  const test = testTerminal();
  const status = await runSample(argv, test.terminal);
  return { status, stdout: test.stdout(), stderr: test.stderr() };
}

test('options may stand anywhere and take their values after a space or an equals sign', async () => {
  const options = { company: '7', url: '--odd', atomic: true };
  const expected = { status: 0, stdout: JSON.stringify({ options, positionals: ['messages'] }), stderr: '' };
  expect(await sample('--company=7', 'messages', '--atomic', '--url=--odd')).toEqual(expected);
});

test('what is left out is undefined, or false for an option without a value', async () => {
  const { stdout } = await sample('-', '--company', '7');
  expect(JSON.parse(stdout)).toEqual({ options: { company: '7', atomic: false }, positionals: ['-'] });
});

test.each([
  [
    ['messages', '--compnay', '7'],
    '--compnay is not an option; the options are --company, --url, --atomic and --help.',
  ],
  [['messages', '-x'], '-x is not an option; the options are --company, --url, --atomic and --help.'],
  [
    ['messages', '--toString', '7'],
    '--toString is not an option; the options are --company, --url, --atomic and --help.',
  ],
  [['messages', '--company'], '--company has no value; write --company ID.'],
  [['messages', '--company', '--atomic'], '--company has no value; write --company ID.'],
  [['messages', '--company', ''], '--company has no value; write --company ID.'],
  [['messages', '--company', '7', '--company=8'], '--company is given twice; give it once.'],
  [['messages', '--company', '7', '--atomic=yes'], '--atomic takes no value; leave out "yes".'],
  [['messages'], '--company ID is missing; add it.'],
  [['--company', '7'], 'KIND is missing; name the kind of events.'],
  [['messages', 'a b', '--company', '7'], '"a b" is one argument too many; give KIND, and put quotes around spaces.'],
])('the command line %j is refused in one sentence with a hint to the help', async (argv, sentence) => {
  expect(await sample(...argv)).toEqual({ status: 1, stdout: '', stderr: `sample: ${sentence}\n${HINT}` });
});

test('a last argument that may be repeated may be left out, too', async () => {
  const runList = defineCommand({
    name: 'list',
    description: 'Lists.',
    positionals: [{ name: 'NAME', repeated: true, description: 'Names.' }],
    options: {},
    environment: {},
    examples: {},
    async work({ positionals, terminal }) {
      terminal.stdout.write(positionals.join(' '));
      return 0;
    },
  });
  for (const argv of [[], ['a'], ['a', 'b', 'c']]) {
    const { terminal, stdout } = testTerminal();
    expect([await runList(argv, terminal), stdout()]).toEqual([0, argv.join(' ')]);
  }
  const { terminal, stdout } = testTerminal();
  await runList(['--help'], terminal);
  expect(stdout()).toMatch(/^Usage: npm run list -- \[NAME \.\.\.\] \[options\]\n/);
});

test('the help names every argument, option, variable and example, whatever else is given', async () => {
  const { status, stdout, stderr } = await sample('--nonsense', '-h');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe(`Usage: npm run sample -- KIND --company ID [options]

Shows what a command is given.

Arguments
  KIND  name the kind of events.

Options
  --company ID  The company.
  --url URL     The address. Default: none.
  --atomic      All or none.
  -h, --help    Prints this text.

Environment
  PORT  The port.

Examples
  # An example
  npm run sample -- messages --company 7
`);
});

test('what the caller can mend is one sentence, a fault of the command is shown whole', async () => {
  const mendable = await sample('messages', '--company', '7', '--url', 'nowhere');
  expect(mendable).toEqual({ status: 1, stdout: '', stderr: 'sample: there is nothing; look elsewhere.\n' });
  const fault = await sample('messages', '--company', '7', '--url', 'broken');
  expect(fault.status).toBe(1);
  expect(fault.stderr).toMatch(/^sample: TypeError: a fault\n {4}at /);
});
