// A page in one file: no script, nothing fetched, every text of the scanned tree a text node.
import type { ExcerptLine, Finding, StandardIds } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { describeStandard } from '../standards/describe-standard.ts';
import { PROFILE_NOTE } from '../standards/profile.ts';
import { escapeXml } from './escape.ts';
import type { Format, FormatOptions } from './formatter.ts';
import { joinChunks } from './formatter.ts';
import type { Markup } from './html/element.ts';
import { definitions, drawShares, element, join, link } from './html/element.ts';
import { createPolicy, STYLE } from './html/style.ts';
import { describeRuleOf, MANAGER_ADVICE, replacementOf } from './rule-text.ts';
import {
  countSeverities,
  countSlots,
  describeCoverage,
  describeFindings,
  describeIncompleteness,
  describeSlots,
  describeSuppressed,
  groupByRule,
} from './summary.ts';
import {
  commitOf,
  describeIdentity,
  describeLifetime,
  describeStorage,
  formatCount,
  formatNumber,
} from './wording.ts';

export const HTML: Format = {
  description: 'one self-contained page, for people who were not there',
  fileExtension: 'html',
  format: (report, options) => joinChunks(writePage(report, options)),
};

function* writePage(report: Report, options: FormatOptions): Generator<string> {
  yield [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="${createPolicy()}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n',
    `<title>nhi-scan: ${escapeXml(describeFindings(report))}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n<main>\n`,
  ].join('');
  for (const part of drawPage(report, options)) yield `${part.markup}\n`;
  yield '</main>\n</body>\n</html>\n';
}

function* drawPage(report: Report, options: FormatOptions): Generator<Markup> {
  yield element('h1', describeFindings(report));
  yield element(
    'p.dim',
    `nhi-scan ${report.tool.version}, ${options.endedAt.slice(0, 16).replace('T', ' ')} UTC`,
  );
  const incompleteness = describeIncompleteness(report);
  if (incompleteness) {
    const errors = incompleteness.errors.map(({ subject, message }) =>
      element('li', element('code', subject), ' ', message),
    );
    yield element('div.incomplete', element('b', incompleteness.statement), element('ul', ...errors));
  }
  yield* drawSummary(report);
  yield* drawFindings(report.findings, options);
  yield* drawAdvice(report.findings, options);
  yield element('h2', 'About these ids');
  yield element('p', PROFILE_NOTE);
}

function* drawSummary(report: Report): Generator<Markup> {
  const shares = countSlots(report);
  const cards = [
    ...countSeverities(report.findings).map(([severity, count]) => ({ label: severity, count })),
    { label: 'slots managed', count: shares.managed },
    { label: 'files scanned', count: report.coverage.files.scanned },
  ];
  yield element(
    'div.cards',
    ...cards.map(({ label, count }) => element('div.card', element('b', formatNumber(count)), label)),
  );
  const bar = drawShares([
    { className: 'share-managed', count: shares.managed },
    { className: 'share-hard', count: shares.hardCoded },
    { className: 'share-other', count: shares.other },
  ]);
  if (bar) yield bar;
  yield element('p', describeSlots(report));
  yield element('p.dim', describeCoverage(report));
  const suppressed = describeSuppressed(report);
  if (suppressed !== undefined) yield element('p.dim', suppressed);
}

function* drawFindings(findings: readonly Finding[], options: FormatOptions): Generator<Markup> {
  if (findings.length > 0) yield element('h2', 'Findings');
  let path: string | undefined;
  for (const finding of findings) {
    if (finding.location.path !== path) {
      path = finding.location.path;
      yield element('div.file+path', path);
    }
    yield drawFinding(finding, options);
  }
}

function drawFinding(finding: Finding, options: FormatOptions): Markup {
  const { severity, confidence, location, storage, identity, lifetime, notes, related, standards } = finding;
  const commit = commitOf(finding.provenance);
  const others = related.map(({ relation, path, startLine }) =>
    element('li', relation === 'part' ? 'part: ' : '', element('code', `${path}:${startLine}`)),
  );
  return element(
    `article.finding+${severity}`,
    element(
      'header',
      element(`span.badge+${severity}`, severity),
      element('h3', describeRuleOf(finding, options).name),
      element('span.dim', `${confidence} confidence, ${location.startLine}:${location.startColumn}`),
    ),
    finding.excerpt.length === 0 ? undefined : element('pre', ...finding.excerpt.flatMap(drawLine)),
    definitions([
      ['Stored', describeStorage(finding)],
      ['Key', storage.keyPath === undefined ? undefined : element('code', storage.keyPath)],
      ['Identity', identity === undefined ? undefined : describeIdentity(identity)],
      ['Lifetime', describeLifetime(lifetime)],
      ['Commit', commit === undefined ? undefined : `${commit.commit} by ${commit.author}, ${commit.date}`],
      ['Also in', others.length === 0 ? undefined : element('ul', ...others)],
      ['Note', notes.join('; ')],
      ['Maps to', drawStandards(standards)],
      ['Rule', element('code', finding.ruleId)],
    ]),
  );
}

function drawLine({ line, text, mark }: ExcerptLine, index: number): (Markup | string)[] {
  const number = element('span.number', String(line));
  // The only line end within a text node, and ours.
  const opening = index === 0 ? number : join([{ markup: '\n' }, number]);
  if (!mark) return [opening, text];
  const secret = element('mark', text.slice(mark.start, mark.end));
  return [opening, text.slice(0, mark.start), secret, text.slice(mark.end)];
}

function drawStandards({ profile, owaspNhi2025, cwe, nistCsf, attack }: StandardIds): Markup {
  const ids = [...owaspNhi2025, ...cwe, ...nistCsf, ...attack].map((id) => {
    const standard = describeStandard(id);
    return standard === undefined ? element('span', id) : link(standard.url, id);
  });
  return join([profile, ...ids.flatMap((id) => [' · ', id])]);
}

function* drawAdvice(findings: readonly Finding[], options: FormatOptions): Generator<Markup> {
  if (findings.length > 0) yield element('h2', 'What to do');
  for (const { first, count } of groupByRule(findings)) {
    const rule = describeRuleOf(first, options);
    const references = rule.references.map((url) => element('li', link(url, url)));
    yield element(
      'section.advice',
      element('h3', rule.name, ' ', element('span.dim', formatCount(count, 'finding'))),
      definitions([
        ['Why', rule.description],
        ['Revoke', rule.revoke],
        ['Replace', replacementOf(rule) ?? MANAGER_ADVICE],
        ['Read', references.length === 0 ? undefined : element('ul', ...references)],
      ]),
    );
  }
}
