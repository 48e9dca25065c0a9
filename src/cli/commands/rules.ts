// `nhi-scan rules list` and `nhi-scan rules show`.
import { listRules as readRules } from '../../model/packed-rules.ts';
import type { RuleMatcher, RuleText } from '../../model/rule.ts';
import { nearest, UserError } from '../../model/user-error.ts';
import { loadBuiltInRules, loadBuiltInTexts } from '../../rules/load-rules.ts';
import { formatCount } from '../../reports/wording.ts';
import { EXIT } from '../exit-code.ts';
import { print } from '../standard-streams.ts';

export interface ListOptions {
  readonly provider?: string;
  readonly json?: boolean;
}

/** Everything that is known of the built-in rules, by id. */
async function loadDescribed(): Promise<(RuleMatcher & RuleText)[]> {
  const texts = new Map(loadBuiltInTexts().map((text) => [text.id, text]));
  return readRules(loadBuiltInRules().rules).map((matcher) => ({ ...matcher, ...texts.get(matcher.id)! }));
}

export async function listRules({ provider, json }: ListOptions): Promise<number> {
  const all = await loadDescribed();
  const wanted = provider?.toLowerCase();
  const rules = all.filter((rule) => wanted === undefined || rule.provider.toLowerCase() === wanted);
  if (rules.length === 0) {
    const guess = nearest(provider!, [...new Set(all.map((rule) => rule.provider))]);
    throw new UserError(`there is no provider '${provider}'`, {
      hint: guess ? `did you mean '${guess}'?` : 'see `nhi-scan rules list`',
    });
  }
  print(json ? `${JSON.stringify(rules.map(toRecord), null, 2)}\n` : drawTable(rules));
  return EXIT.clean;
}

function toRecord({
  id,
  name,
  provider,
  kind,
  shape,
  severity,
  confidence,
  lifetime,
}: RuleMatcher & RuleText): object {
  return { id, name, provider, kind, shape, severity, confidence, lifetime };
}

function drawTable(rules: readonly (RuleMatcher & RuleText)[]): string[] {
  const widths = [
    Math.max(...rules.map(({ id }) => id.length)),
    Math.max(...rules.map(({ provider }) => provider.length)),
  ] as const;
  const rows = rules.map(({ id, provider, severity, confidence, name }) =>
    [id.padEnd(widths[0]), provider.padEnd(widths[1]), severity.padEnd(8), confidence.padEnd(6), name].join(
      '  ',
    ),
  );
  const providers = new Set(rules.map(({ provider }) => provider)).size;
  return [...rows, '', `${formatCount(rules.length, 'rule')}, ${formatCount(providers, 'provider')}`].map(
    (row) => `${row}\n`,
  );
}

export async function showRule(id: string): Promise<number> {
  const rules = await loadDescribed();
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) {
    const guess = nearest(
      id,
      rules.map((candidate) => candidate.id),
    );
    throw new UserError(`there is no rule '${id}'`, {
      hint: guess ? `did you mean '${guess}'?` : 'see `nhi-scan rules list`',
    });
  }
  print(drawRule(rule));
  return EXIT.clean;
}

/** One rule, for people. */
export function drawRule(rule: RuleMatcher & RuleText): string[] {
  const rows: readonly (readonly [string, string])[] = [
    ['rule', rule.id],
    ['provider', rule.provider],
    ['severity', `${rule.severity}, confidence ${rule.confidence}`],
    ['kind', `${rule.kind}, ${rule.shape}`],
    ['lifetime', rule.lifetime],
    ['identity', rule.identity?.kind ?? 'unknown'],
    ['checksum', rule.checksum ?? 'none'],
    [
      'parts',
      rule.requires.map(({ rule: part, optional }) => (optional ? `${part} (optional)` : part)).join(', ') ||
        'none',
    ],
    ['keywords', rule.keywords.join(', ')],
    ['pattern', rule.pattern],
    ['revoke', rule.revoke],
    ['replace by', rule.workloadIdentity],
    ['see', rule.references.join('\n')],
  ];
  const body = rows.filter(([, text]) => text !== '').map(([label, text]) => drawRow(label, text));
  return [`${rule.name}\n`, `${rule.description}\n\n`, ...body];
}

const LABEL_WIDTH = 12;

function drawRow(label: string, text: string): string {
  return `${label.padEnd(LABEL_WIDTH)}${text.split('\n').join(`\n${' '.repeat(LABEL_WIDTH)}`)}\n`;
}
