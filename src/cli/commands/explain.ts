// `nhi-scan explain`: a rule, the profile NHI-03, an id of a standard, or how severity is weighed.
import { nearest, UserError } from '../../model/user-error.ts';
import { loadBuiltInRules } from '../../rules/load-rules.ts';
import { describeStandard, STANDARDS } from '../../standards/describe-standard.ts';
import { PROFILE } from '../../standards/profile.ts';
import { SEVERITY_STEPS } from '../../standards/severity.ts';
import { EXIT } from '../exit-code.ts';
import { print } from '../standard-streams.ts';
import { showRule } from './rules.ts';

const WIDTH = 96;

/** @throws UserError for an id that names nothing */
export async function runExplain(id: string): Promise<number> {
  const key = id.trim().toUpperCase();
  const standard = describeStandard(id);
  if (key === PROFILE.id || key === 'NHI03') print(drawProfile());
  else if (key === 'SEVERITY') print(drawSeverity());
  else if (standard) {
    const { framework, title, about, when, url } = standard;
    const lines = [`${standard.id}  ${title}`, framework, '', ...wrap(about)];
    if (when !== undefined) lines.push('', ...wrap(`A finding carries it when ${when}`));
    print([...lines, '', url].map((line) => `${line}\n`));
  } else return explainRule(id);
  return EXIT.clean;
}

async function explainRule(id: string): Promise<number> {
  const ids = loadBuiltInRules().rules.ids;
  if (ids.includes(id)) return showRule(id);
  const guess = nearest(id, [...ids, PROFILE.id, 'severity', ...STANDARDS.map((standard) => standard.id)]);
  throw new UserError(`there is nothing named '${id}' to explain`, {
    hint: guess ? `did you mean '${guess}'?` : 'name a rule, NHI-03, an id of a standard, or `severity`',
  });
}

function* drawProfile(): Generator<string> {
  yield `${PROFILE.id}  ${PROFILE.title}\n`;
  for (const { heading, text } of PROFILE.paragraphs) {
    yield `\n${heading}\n`;
    for (const line of wrap(text)) yield `  ${line}\n`;
  }
  yield '\nThe official ids of the same ground\n';
  for (const { id, covers } of PROFILE.official) yield `  ${id.padEnd(10)} ${covers}\n`;
  yield '\n';
  for (const { title, url } of PROFILE.links) yield `${title}\n  ${url}\n`;
}

function* drawSeverity(): Generator<string> {
  yield 'A finding has the severity of its rule, moved by its circumstances:\n\n';
  for (const { steps, because } of SEVERITY_STEPS) {
    const size = Math.abs(steps);
    const direction = steps < 0 ? 'up' : 'down';
    yield `  ${direction.padEnd(4)} ${size >= 4 ? 'to the top' : `${size} step${size === 1 ? '' : 's'}`}: ${because}\n`;
  }
  yield '\nCircumstances alone never take a credential below low.\n';
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
