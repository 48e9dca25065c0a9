// Runs the examples and negative examples of rules through the real scanner, beside all the other rules.
import type { ReferenceEntry } from '../model/reference.ts';
import type { Finding } from '../model/finding.ts';
import { packRules } from '../model/packed-rules.ts';
import { redact } from '../model/redact.ts';
import type { NegativeExample, Rule, RuleExample, RuleMatcher } from '../model/rule.ts';
import { toMatcher } from '../rules/compile-rules.ts';
import { expandTemplate } from '../rules/template.ts';
import type { InputScanner } from '../scan/input-scanner.ts';
import { createInputScanner } from '../scan/input-scanner.ts';

export interface ExampleProblem {
  readonly ruleId: string;
  readonly message: string;
}

export interface ExampleRun {
  /** The rules whose examples are run. */
  readonly rules: readonly Rule[];
  /** All rules that take part in the scan. */
  readonly matchers: readonly RuleMatcher[];
  readonly references: readonly ReferenceEntry[];
  /** Different expansions of each template. */
  readonly rounds: number;
}

const EXAMPLE_PATH = 'example.txt';
const CAPACITY_BYTES = 256 * 1024;
/** Time of the scan for tokens that say when they expire: 2026-01-01. */
const NOW_MS = Date.UTC(2026, 0, 1);

/** At most one problem per example and rule: the first round that fails. */
export function checkExamples(run: ExampleRun): ExampleProblem[] {
  const quiet = new Set(
    [...run.matchers, ...run.rules]
      .filter(({ kind, shape }) => kind === 'helper' || kind === 'posture' || shape === 'generic')
      .map(({ id }) => id),
  );
  const bench: Bench = { scanner: createExampleScanner(run), rounds: run.rounds, quiet };
  return run.rules.flatMap((rule) => [
    ...rule.examples.flatMap((example) => checkExample(rule, example, bench)),
    ...rule.negativeExamples.flatMap((negative) => checkNegative(rule, negative, bench)),
  ]);
}

interface Bench {
  readonly scanner: InputScanner;
  /** Rules that may fire in the examples of others. */
  readonly quiet: ReadonlySet<string>;
  readonly rounds: number;
}

// A helper rule reports nothing by itself; to see what it captures, it is run as if it were a secret.
function createExampleScanner({ rules, matchers, references }: ExampleRun): InputScanner {
  const own = new Map(rules.map((rule) => [rule.id, toMatcher(rule)]));
  const others = matchers.filter(({ id }) => !own.has(id));
  const shown = [...own.values()].map((matcher): RuleMatcher =>
    matcher.kind === 'helper' ? { ...matcher, kind: 'secret' } : matcher,
  );
  return createInputScanner({
    rules: packRules([...others, ...shown]),
    analysis: {
      allow: [],
      nowMs: NOW_MS,
      showSecrets: true,
      honourInlineComments: false,
      references,
      keep: 'all',
    },
    maxBytes: Number.MAX_SAFE_INTEGER,
    archives: false,
    capacityBytes: CAPACITY_BYTES,
  });
}

function checkExample(rule: Rule, example: RuleExample, { scanner, rounds, quiet }: Bench): ExampleProblem[] {
  return example.in.flatMap((context, index) => {
    for (let round = 0; round < rounds; round++) {
      const secret = expandTemplate(example.secret, { seed: `${rule.id} ${round}`, checksum: rule.checksum });
      const shell = expandTemplate(context, {
        seed: `${rule.id} ${round} ${index}`,
        checksum: rule.checksum,
      });
      const { reported, others, findings } = scanFor(
        rule,
        { text: shell.replaceAll('$SECRET', secret), path: example.path },
        scanner,
      );
      const strangers = listStrangers(rule, findings, quiet);
      const shown = hideIn(context, findings, rule);
      if (reported.some((found) => found.secret === secret) && strangers.length === 0) continue;
      if (strangers.length > 0)
        return [{ ruleId: rule.id, message: `${strangers.join(', ')} fires in: ${shown}` }];
      const said = [...explainCaptures(reported, secret, rule), ...others].join('; ') || 'nothing matches';
      return [{ ruleId: rule.id, message: `not found in: ${shown}\n    ${said}` }];
    }
    return [];
  });
}

function checkNegative(rule: Rule, negative: NegativeExample, { scanner, rounds }: Bench): ExampleProblem[] {
  for (let round = 0; round < rounds; round++) {
    const text = expandTemplate(negative.text, { seed: `${rule.id} not ${round}`, checksum: rule.checksum });
    const { reported } = scanFor(rule, { text, path: negative.path }, scanner);
    const found = reported.find(
      ({ storage }) => storage.state !== 'public-by-design' || rule.kind === 'public',
    );
    if (!found) continue;
    return [
      {
        ruleId: rule.id,
        message: `reported although ${negative.because}: ${hideIn(negative.text, reported, rule)}\n    as '${hide(found.secret, rule)}'`,
      },
    ];
  }
  return [];
}

interface Sample {
  readonly text: string;
  readonly path: string | undefined;
}

interface Seen {
  readonly reported: readonly Finding[];
  /** What was said instead, for the explanation. */
  readonly others: readonly string[];
  /** Everything that was reported, of whatever rule. */
  readonly findings: readonly Finding[];
}

// Rules that fire beside this one in its own example, though it does not name them as its companions. A generic
// rule may judge the text around an identifier, and helper rules are shown here only for their own examples.
function listStrangers(rule: Rule, findings: readonly Finding[], quiet: ReadonlySet<string>): string[] {
  const companions = new Set(rule.requires.map((part) => part.rule));
  return findings
    .map(({ ruleId }) => ruleId)
    .filter((id) => id !== rule.id && !companions.has(id) && !quiet.has(id));
}

function scanFor(rule: Rule, { text, path }: Sample, scanner: InputScanner): Seen {
  const provenance = { kind: 'stdin', path: path ?? EXAMPLE_PATH } as const;
  const outcome = scanner.scan({ kind: 'bytes', provenance, bytes: Buffer.from(text, 'utf8') });
  if (outcome.status !== 'scanned')
    return { reported: [], others: [`the text was not scanned (${outcome.status})`], findings: [] };
  const findings = outcome.analyses.flatMap((analysis) => analysis.findings);
  const suppressed = outcome.analyses.flatMap((analysis) => analysis.suppressed);
  const isOwn = ({ ruleId }: Finding): boolean => ruleId === rule.id;
  return {
    findings,
    reported: [
      ...findings,
      ...suppressed
        .filter(
          ({ by }) =>
            by === 'public' || (by === 'managed' && rule.kind === 'slot' && rule.shape === 'structured'),
        )
        .map(({ finding }) => finding),
    ].filter(isOwn),
    others: [
      ...findings
        .filter((finding) => !isOwn(finding))
        .map(({ ruleId, secret }) => `${ruleId} reports '${hide(secret, rule)}'`),
      ...suppressed.filter(({ finding }) => isOwn(finding)).map(({ because }) => `suppressed: ${because}`),
    ],
  };
}

function explainCaptures(reported: readonly Finding[], secret: string, rule: Rule): string[] {
  return reported.map((found) => {
    const lengths = `${found.secret.length} characters in place of ${secret.length}`;
    return `captured '${hide(found.secret, rule)}' instead of '${hide(secret, rule)}', ${lengths}`;
  });
}

/** As reports do: an example may be a real secret that somebody pasted, and what is printed here ends in logs. */
function hide(secret: string, { keywords }: Rule): string {
  const prefix = keywords.find((keyword) => secret.startsWith(keyword));
  return redact(secret, prefix);
}

function hideIn(text: string, findings: readonly Finding[], rule: Rule): string {
  return findings.reduce((rest, { secret }) => rest.replaceAll(secret, () => hide(secret, rule)), text);
}
