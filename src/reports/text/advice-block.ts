// What to do, once for each rule.
import type { Report } from '../../model/report.ts';
import { escapeTerminal } from '../escape.ts';
import type { FormatOptions } from '../formatter.ts';
import { describeRuleOf, MANAGER_ADVICE, replacementOf } from '../rule-text.ts';
import { groupByRule } from '../summary.ts';
import { formatCount } from '../wording.ts';
import type { Page } from './layout.ts';
import { INDENT } from './layout.ts';

export function* drawAdvice({ findings }: Report, page: Page, options: FormatOptions): Generator<string> {
  if (findings.length === 0) return;
  yield page.ink.bold('What to do');
  yield '';
  for (const { first, count } of groupByRule(findings)) {
    const rule = describeRuleOf(first, options);
    const name = escapeTerminal(rule.name);
    const aside = `${escapeTerminal(first.ruleId)}  ${formatCount(count, 'finding')}`;
    yield* page.spread(
      { plain: `${INDENT}${name}`, painted: `${INDENT}${page.ink.bold(name)}` },
      { plain: aside, painted: page.ink.dim(aside) },
    );
    yield* page.field('why', rule.description);
    yield* page.field('revoke', rule.revoke);
    yield* page.field('replace', replacementOf(rule) ?? MANAGER_ADVICE);
    if (rule.references[0] !== undefined) yield* page.field('read', rule.references[0]);
    yield '';
  }
}
