// The commands and their options, for commander. What each does lives in commands/.
import { Argument, Command, CommanderError, Option } from 'commander';
import { CONFIDENCES, SEVERITIES } from '../model/rule.ts';
import type { BaselineCommand, BaselineOptions } from './commands/baseline.ts';
import type { ScanOptions } from './commands/scan.ts';
import type { SlotsOptions } from './commands/slots.ts';
import { EXIT } from './exit-code.ts';
import type { HookType } from './hook-script.ts';
import { HOOK_TYPES } from './hook-script.ts';
import { complain, print } from './standard-streams.ts';
import { TRUST_LEVELS } from './trust.ts';
import { VERSION } from './version.ts';

const EXAMPLES = `
Examples:
  nhi-scan                                      scan the current directory
  nhi-scan scan src deploy '**/*.env'           scan some paths
  nhi-scan scan --staged                        scan what the next commit would add
  nhi-scan scan --history                       scan every commit, branch, tag and stash
  git show HEAD:.env | nhi-scan scan --stdin --stdin-name .env
  nhi-scan scan --report sarif=nhi.sarif --report json=nhi.json
  nhi-scan explain NHI-03                       what is reported, and under which standards

Exit codes: 0 nothing to report, 1 findings, 2 usage or configuration error,
3 incomplete (something was not scanned), 4 internal fault or unwritten report.`;

/**
 * Runs the command that the arguments name.
 * @returns the exit code
 */
export async function runProgram(args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.clean;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // commander has printed its message; help and version come this way too, with code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
    throw error;
  }
}

type Finish = (code: number) => void;

/** The commands and their options; the documentation is made from it as well. */
export function createProgram(finish: Finish): Command {
  const program = new Command('nhi-scan')
    .description('Finds the credentials of non-human identities that are stored outside a secrets manager.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: complain })
    .enablePositionalOptions();
  addScan(program, finish);
  addSlots(program, finish);
  addRules(program, finish);
  addInit(program, finish);
  addExplain(program, finish);
  addHook(program, finish);
  addBaseline(program, finish);
  return program;
}

function addScan(program: Command, finish: Finish): void {
  const scan = program
    .command('scan', { isDefault: true })
    .description('scan paths, a staged change or standard input')
    .argument('[path...]', 'files, directories or globs; the current directory when none is given');
  addSourceOptions(scan);
  addPolicyOptions(scan);
  addOutputOptions(scan);
  scan.addHelpText('after', EXAMPLES).action(async (paths: string[], options: ScanOptions) => {
    const { runScan } = await import('./commands/scan.ts');
    finish(await runScan(paths, options));
  });
}

function addSourceOptions(scan: Command): void {
  scan
    .option('--staged', 'scan the index content of a staged change: the lines it adds')
    .option('--whole-files', 'with --staged: report on whole files, not only on added lines')
    .option('--history', 'scan everything that the history of the repository holds')
    .option('--since <rev>', 'with --history: only what this revision does not have')
    .option('--branch <name>', 'with --history: only this branch')
    .option('--range <A..B>', 'with --history: only what B has and A has not')
    .option('--unreachable', 'with --history: objects that no ref leads to, too')
    .option('--no-cache', 'with --history: scan again what an earlier scan found clean')
    .option('--stdin', 'scan standard input')
    .option('--stdin-name <name>', 'with --stdin: the file name to report instead of stdin')
    .option('--exclude <glob>', 'do not scan what matches (.gitignore syntax); repeatable', collect, [])
    .option('--no-gitignore', 'scan what .gitignore files exclude, too')
    .option('--no-archives', 'do not look into zip, tar and gzip files')
    .option('--max-file-size <size>', 'skip files larger than this: bytes, or 10M')
    .option('--allow-empty', 'having nothing to scan is no failure')
    .option('--jobs <n>', 'worker threads; 0 scans in the main thread, save for what takes long');
}

function addPolicyOptions(scan: Command): void {
  scan
    .option('--config <file>', 'configuration file instead of .nhi-scan.yaml in the scanned root')
    .option('--baseline <file>', 'accepted findings instead of .nhi-scan.baseline in the scanned root')
    .option('--no-baseline', 'report what a baseline accepts, too')
    .option('--rules <path>', 'your own rules, a YAML file or a folder of them; repeatable', collect, [])
    .addOption(new Option('--severity <level>', 'lowest severity to report').choices(SEVERITIES))
    .addOption(new Option('--confidence <level>', 'lowest confidence to report').choices(CONFIDENCES))
    .addOption(
      new Option('--trust <level>', 'whose configuration, baseline and comments are obeyed').choices(
        TRUST_LEVELS,
      ),
    )
    .option('--base <rev>', 'with --trust base: the revision before the change')
    .addOption(
      new Option('--only <kind>', 'only hard-coded secrets, or only how CI handles credentials').choices([
        'secrets',
        'posture',
      ]),
    )
    .option('--no-inline-ignore', 'report what comments beside it accept, too')
    .option('--exit-zero', 'exit with 0 although there are findings');
}

function addOutputOptions(scan: Command): void {
  scan
    .option('--format <name>', 'format of the report on standard output, or in --output', 'text')
    .option('--output <file>', 'write the report to a file')
    .option(
      '--report <name=file>',
      'write a further report, such as sarif=nhi.sarif; repeatable',
      collect,
      [],
    )
    .option('--show-secrets', 'print secrets as they are: think of logs and scrollback')
    .option('--no-color', 'no colours')
    .option('--quiet', 'no summary and no progress')
    .option('--explain-score', 'name the features that decided on each generic finding')
    .option('--verbose', 'show what was suppressed, skipped and why')
    .option('--no-progress', 'no progress line');
}

function addSlots(program: Command, finish: Finish): void {
  program
    .command('slots')
    .description('list the credential slots and how each is stored, managed ones with their manager')
    .argument('[path...]', 'files, directories or globs; the current directory when none is given')
    .option('--state <state>', 'only slots of this storage state; repeatable', collect, [])
    .option('--json', 'as JSON')
    .option('--no-gitignore', 'look at what .gitignore files exclude, too')
    .action(async (paths: string[], options: SlotsOptions) => {
      const { runSlots } = await import('./commands/slots.ts');
      finish(await runSlots(paths, options));
    });
}

function addRules(program: Command, finish: Finish): void {
  const rules = program.command('rules').description('list, show and check rules');
  rules
    .command('list')
    .description('list the built-in rules')
    .option('--provider <name>', 'only of this provider')
    .option('--json', 'as JSON')
    .action(async (options: { provider?: string; json?: boolean }) => {
      const { listRules } = await import('./commands/rules.ts');
      finish(await listRules(options));
    });
  rules
    .command('show')
    .argument('<id>', 'rule id')
    .description('show one rule: what it finds, how to revoke, what replaces it')
    .action(async (id: string) => {
      const { showRule } = await import('./commands/rules.ts');
      finish(await showRule(id));
    });
  rules
    .command('check')
    .argument('<file...>', 'rule files or folders')
    .description('check rule files: fields, patterns, and every example through the scanner')
    .option('--rounds <n>', 'different expansions of each example', '20')
    .action(async (files: string[], { rounds }: { rounds: string }) => {
      const { checkRules } = await import('./commands/check-rules.ts');
      finish(await checkRules(files, rounds));
    });
}

function addInit(program: Command, finish: Finish): void {
  program
    .command('init')
    .description('write a commented .nhi-scan.yaml into the current directory')
    .action(async () => {
      const { runInit } = await import('./commands/init.ts');
      finish(runInit());
    });
}

function addExplain(program: Command, finish: Finish): void {
  program
    .command('explain')
    .argument('<id>', 'a rule id, NHI-03, a standard id such as CWE-798, or `severity`')
    .description('explain a rule, the NHI-03 profile, an id of a standard, or how severity is weighed')
    .action(async (id: string) => {
      const { runExplain } = await import('./commands/explain.ts');
      finish(await runExplain(id));
    });
}

function addBaseline(program: Command, finish: Finish): void {
  const baseline = program
    .command('baseline')
    .description('keep a file of accepted findings: what stands in it is not reported');
  const add = (name: string, description: string): Command =>
    baseline
      .command(name)
      .description(description)
      .option('--file <file>', 'the baseline instead of .nhi-scan.baseline in the scanned folder')
      .option('--config <file>', 'configuration file instead of .nhi-scan.yaml in the scanned folder')
      .option('--history', 'of the history instead of the files');
  const run = async (name: BaselineCommand, path: string, options: BaselineOptions): Promise<void> => {
    const { runBaseline } = await import('./commands/baseline.ts');
    finish(await runBaseline(name, path, options));
  };
  for (const name of ['create', 'update'] as const) {
    const description = name === 'create' ? 'accept what is found now' : 'accept what has come since, too';
    addEntryOptions(add(name, description))
      .argument('[path]', 'folder that is scanned', '.')
      .action((path: string, options: BaselineOptions) => run(name, path, options));
  }
  add('prune', 'remove the entries that accept nothing any more, or whose time is over')
    .argument('[path]', 'folder that is scanned', '.')
    .action((path: string, options: BaselineOptions) => run('prune', path, options));
  addEntryOptions(add('audit', 'judge entry by entry: real, leak, test, false or revoked'))
    .argument('[path]', 'folder that is scanned', '.')
    .option('--list', 'only list the entries')
    .option('--all', 'also those that are judged already')
    .option('--set <fingerprint=verdict>', 'judge one entry without asking; repeatable', collect, [])
    .action((path: string, options: BaselineOptions) => run('audit', path, options));
  addEntryOptions(add('import', 'carry over the baseline or the ignore file of another tool'))
    .argument('<file>', '.secrets.baseline, .gitleaksignore, a gitleaks report or .gitleaks.toml')
    .action((file: string, options: BaselineOptions) => run('import', file, options));
}

function addEntryOptions(command: Command): Command {
  return command
    .option('--reason <text>', 'why these findings are accepted')
    .option('--by <name>', 'who accepts them')
    .option('--expires <date>', 'last day (YYYY-MM-DD) on which they are accepted');
}

function createHookArgument(): Argument {
  return new Argument('[type]', 'which hook').choices(HOOK_TYPES).default('pre-commit' satisfies HookType);
}

function addHook(program: Command, finish: Finish): void {
  const hook = program
    .command('hook')
    .description('scan before each commit, before each push, or on a server');
  hook
    .command('install')
    .addArgument(createHookArgument())
    .description('install a hook; one that is there already is kept, and runs first')
    .option('--force', 'also into a folder of hooks that other repositories may use')
    .action(async (name: HookType, options: { force?: boolean }) => {
      const { installHook } = await import('./commands/hook.ts');
      finish(installHook(name, options));
    });
  hook
    .command('uninstall')
    .addArgument(createHookArgument())
    .description('remove a hook, and put back the one that was there before')
    .action(async (name: HookType) => {
      const { uninstallHook } = await import('./commands/hook.ts');
      finish(uninstallHook(name));
    });
  hook
    .command('status')
    .description('say which hooks are installed')
    .action(async () => {
      const { showHooks } = await import('./commands/hook.ts');
      finish(showHooks());
    });
  hook
    .command('run')
    .addArgument(createHookArgument())
    .argument('[args...]', 'what git hands to its hook')
    .description('what the installed hooks call')
    .action(async (name: HookType, args: string[]) => {
      const { runHook } = await import('./commands/run-hook.ts');
      finish(await runHook(name, args));
    });
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}
