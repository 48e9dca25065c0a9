// docs/rules/: an index of the rules by provider and by kind, a page a provider, and a page of what is left out.
import type { Rule } from '../../src/model/rule.ts';
import { readBuiltInRules } from '../rules.ts';
import { describeLeftOut, summarizeCoverage } from './left-out.ts';
import { code, page, table } from './markdown.ts';

export function describeRules(folder: string): [path: string, text: string][] {
  const rules = readBuiltInRules().map(({ rule }) => rule);
  const providers = [...groupBy(rules, ({ provider }) => provider)].sort(([a], [b]) => compare(a, b));
  return [
    [`${folder}/README.md`, describeIndex(rules, providers)],
    [`${folder}/left-out.md`, describeLeftOut(rules)],
    ...providers.map(([provider, own]): [string, string] => [
      `${folder}/${fileNameOf(provider)}.md`,
      describeProvider(provider, own),
    ]),
  ];
}

type Group = [name: string, rules: Rule[]];

function describeIndex(rules: readonly Rule[], providers: readonly Group[]): string {
  const counts = (['kind', 'shape', 'severity', 'confidence', 'lifetime'] as const).map((field) => [
    field,
    [...groupBy(rules, (rule) => rule[field])].map(([value, own]) => `${value} ${own.length}`).join(', '),
  ]);
  const rows = providers.map(([provider, own]) => [
    `[${provider}](${fileNameOf(provider)}.md)`,
    own.map(({ id }) => code(id)).join(' '),
  ]);
  return page('Rules', [
    `${rules.length} rules for ${providers.length} providers. ${rules.filter(({ checksum }) => checksum).length} verify a checksum, ${rules.filter(({ identity }) => identity?.decoder).length} read an identity from the value, ${rules.filter(({ requires }) => requires.length > 0).length} join the parts of a composite credential.`,
    summarizeCoverage(),
    table(['by', 'rules'], counts),
    '## By kind of identity',
    table(
      ['identity', 'rules'],
      [...groupBy(rules, ({ identity }) => identity?.kind ?? 'unknown')]
        .sort(([a], [b]) => compare(a, b))
        .map(([kind, own]) => [kind, `${own.length}`]),
    ),
    '## By provider',
    table(['provider', 'rules'], rows),
  ]);
}

function describeProvider(provider: string, rules: readonly Rule[]): string {
  return page(provider, [...rules].sort((a, b) => compare(a.id, b.id)).map(describeRule));
}

function describeRule(rule: Rule): string {
  const parts = rule.requires.map(({ rule: id, optional }) => `${code(id)}${optional ? ' (optional)' : ''}`);
  const facts: readonly (readonly [string, string])[] = [
    ['severity, confidence', `${rule.severity}, ${rule.confidence}`],
    ['recognised by', SHAPES[rule.shape]],
    ['kind', KINDS[rule.kind]],
    [
      'identity',
      rule.identity
        ? `${rule.identity.kind}${rule.identity.decoder ? ', read from the value' : ''}`
        : 'unknown',
    ],
    ['lifetime', rule.lifetime],
    ['checksum', rule.checksum ?? ''],
    ['parts', parts.join(', ')],
    ['revoke', rule.revoke],
    ['replace by', rule.workloadIdentity],
    ['not reported', [...new Set(rule.negativeExamples.map(({ because }) => because))].join('; ')],
    ['see', rule.references.join(' ')],
  ];
  const rows = facts.filter(([, text]) => text !== '');
  return [`## ${rule.name}`, code(rule.id), rule.description, table(['', ''], rows)].join('\n\n');
}

const SHAPES: Readonly<Record<Rule['shape'], string>> = {
  prefixed: 'the token names itself',
  structured: 'its structure',
  contextual: 'the name beside it',
  generic: 'a name that says credential, and how the value looks',
};
const KINDS: Readonly<Record<Rule['kind'], string>> = {
  secret: 'secret',
  public: 'public by design: recognised, not reported by default',
  helper: 'identifier: enriches other findings, never reported',
  posture: 'how CI, images or infrastructure code handle credentials: no secret by itself',
  slot: 'a place for a credential: counted, reported only where a literal stands in it',
};

function groupBy(rules: readonly Rule[], keyOf: (rule: Rule) => string): Map<string, Rule[]> {
  const groups = new Map<string, Rule[]>();
  for (const rule of rules) groups.set(keyOf(rule), [...(groups.get(keyOf(rule)) ?? []), rule]);
  return groups;
}

function fileNameOf(provider: string): string {
  const name = provider
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return name === 'readme' ? 'readme-io' : name;
}

function compare(a: string, b: string): number {
  const [low, high] = [a.toLowerCase(), b.toLowerCase()];
  if (low === high) return 0;
  return low < high ? -1 : 1;
}
