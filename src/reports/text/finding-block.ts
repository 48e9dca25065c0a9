// One finding, as a block of lines.
import type { Finding, Related, StandardIds } from '../../model/finding.ts';
import { escapeTerminal } from '../escape.ts';
import type { FormatOptions } from '../formatter.ts';
import { describeRuleOf } from '../rule-text.ts';
import {
  commitOf,
  describeHistory,
  describeIdentity,
  describeLifetime,
  describeStorage,
  formatNumber,
} from '../wording.ts';
import { drawCodeFrame } from './code-frame.ts';
import type { Page } from './layout.ts';
import { INDENT } from './layout.ts';

/** Other places named before the rest are counted. */
const MAX_RELATED = 3;

export function drawFinding(finding: Finding, page: Page, options: FormatOptions): string[] {
  const { storage, identity, notes, standards } = finding;
  const commit = commitOf(finding.provenance);
  const at = storage.keyPath === undefined ? '' : `, at ${storage.keyPath}`;
  return [
    ...drawHeading(finding, page, options),
    ...drawCodeFrame(finding.excerpt, page),
    ...page.field('stored', `${describeStorage(finding)}${at}`),
    ...(identity === undefined ? [] : page.field('identity', describeIdentity(identity))),
    ...page.field('lifetime', describeLifetime(finding.lifetime)),
    ...(commit === undefined
      ? []
      : page.field(
          'commit',
          `${commit.commit.slice(0, 12)} by ${commit.author}, ${commit.date.slice(0, 10)}`,
        )),
    ...(finding.history === undefined ? [] : page.field('history', describeHistory(finding.history))),
    ...drawRelated(finding.related, page),
    ...page.field('note', notes.join('; ')),
    ...page.field('maps to', joinIds(standards, options.verbose)),
  ];
}

/** The profile, and apart from it the official ids; all of them only when everything is asked for. */
function joinIds({ profile, owaspNhi2025, cwe, nistCsf, attack }: StandardIds, isVerbose: boolean): string {
  const lists = [[profile], owaspNhi2025, cwe, ...(isVerbose ? [nistCsf, attack] : [])];
  return lists
    .map((ids) => ids.join(' '))
    .filter(Boolean)
    .join(' · ');
}

function drawHeading(finding: Finding, page: Page, options: FormatOptions): string[] {
  const { severity, confidence, location, ruleId } = finding;
  const name = escapeTerminal(describeRuleOf(finding, options).name);
  const place = `${location.startLine}:${location.startColumn}`;
  const id = escapeTerminal(ruleId);
  const badge = page.inkOf(severity)(severity);
  return page.spread(
    {
      plain: `${INDENT}${severity}  ${name}  ${confidence} confidence`,
      painted: `${INDENT}${badge}  ${page.ink.bold(name)}  ${page.ink.dim(`${confidence} confidence`)}`,
    },
    { plain: `${id}  ${place}`, painted: page.ink.dim(`${id}  ${place}`) },
  );
}

function drawRelated(related: readonly Related[], page: Page): string[] {
  const draw = (relation: Related['relation'], label: string): string[] => {
    const places = related.filter((other) => other.relation === relation);
    if (places.length === 0) return [];
    const named = places.slice(0, MAX_RELATED).map(({ path, startLine }) => `${path}:${startLine}`);
    const rest = places.length - named.length;
    return page.field(
      label,
      rest > 0 ? `${named.join(', ')} and ${formatNumber(rest)} more` : named.join(', '),
    );
  };
  return [...draw('part', 'with'), ...draw('same-secret', 'also in')];
}
