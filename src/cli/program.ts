// The commands and their options, for commander. What each does lives in commands/.
import { Command, CommanderError, Option } from 'commander';
import { CONFIDENCES, SEVERITIES } from '../model/rule.ts';
import type { ScanOptions } from './commands/scan.ts';
import { EXIT } from './exit-code.ts';
import { VERSION } from './version.ts';

const EXAMPLES = `
Examples:
  nhi-scan                                      scan the current directory
  nhi-scan scan src deploy '**/*.env'           scan some paths
  nhi-scan scan --staged                        scan what the next commit would add
  git show HEAD:.env | nhi-scan scan --stdin --stdin-name .env
  nhi-scan scan --report sarif=nhi.sarif --report json=nhi.json
  nhi-scan explain NHI-03                       what is reported, and under which standards

Exit codes: 0 nothing to report, 1 findings, 2 usage or configuration error,
3 incomplete (something was not scanned), 4 internal fault.`;

/**
 * Runs the command that the arguments name.
 * @returns the exit code
 */
export async function createProgram(args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.clean;
  const finish = (code: number): void => {
    exitCode = code;
  };
  const program = new Command('nhi-scan')
    .description('Finds the credentials of non-human identities that are stored outside a secrets manager.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError(true)
    .exitOverride()
    .enablePositionalOptions();
  addScan(program, finish);
  addRules(program, finish);
  addInit(program, finish);
  addExplain(program, finish);
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
    .option('--stdin', 'scan standard input')
    .option('--stdin-name <name>', 'file name that standard input is reported under', 'stdin')
    .option('--exclude <glob>', 'do not scan what matches (.gitignore syntax); repeatable', collect, [])
    .option('--no-gitignore', 'scan what .gitignore files exclude, too')
    .option('--max-file-size <size>', 'skip files larger than this: bytes, or 10M')
    .option('--allow-empty', 'having nothing to scan is no failure')
    .option('--jobs <n>', 'worker threads; 0 scans in the main thread');
}

function addPolicyOptions(scan: Command): void {
  scan
    .option('--config <file>', 'configuration file instead of .nhi-scan.yaml in the scanned root')
    .option('--rules <path>', 'your own rules, a YAML file or a folder of them; repeatable', collect, [])
    .addOption(new Option('--severity <level>', 'lowest severity to report').choices(SEVERITIES))
    .addOption(new Option('--confidence <level>', 'lowest confidence to report').choices(CONFIDENCES))
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
    .option('--verbose', 'show what was suppressed, skipped and why')
    .option('--no-progress', 'no progress line');
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

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}
