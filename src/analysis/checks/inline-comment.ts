// Comments beside a secret that accept it: ours, with a rule and a reason, and those of other scanners.
import type { Candidate } from '../candidate.ts';
import type { Check } from './check.ts';

const OWN = /nhi-scan:allow(?:[ \t]+([a-z0-9*][a-z0-9*,-]*))?(?:[ \t]+--[ \t]*([^\r\n]{0,200}))?/;

/** Markers of other scanners that a project may carry already; each holds for its own line. */
const FOREIGN: readonly string[] = [
  'gitleaks:allow',
  'betterleaks:allow',
  'pragma: allowlist secret',
  'pragma: whitelist secret',
  'trufflehog:ignore',
  'secretlint-disable-line',
  'kingfisher:ignore',
  'ggignore',
];

/** Markers that hold for the line after theirs. */
const FOREIGN_NEXT_LINE: readonly string[] = [
  'pragma: allowlist nextline secret',
  'secretlint-disable-next-line',
];

const MAX_COMMENT_LINE_BYTES = 1024;

export const hasInlineComment: Check = (candidate) => {
  const own = findOwn(candidate.line, candidate) ?? findOwn(lineBefore(candidate), candidate);
  if (own) return own;
  const marker =
    FOREIGN.find((text) => candidate.line.includes(text)) ??
    FOREIGN_NEXT_LINE.find((text) => lineBefore(candidate).includes(text));
  return marker === undefined ? undefined : { by: 'inline-comment', because: `accepted by '${marker}'` };
};

function findOwn(line: string, { rule }: Candidate): ReturnType<Check> {
  const comment = line.includes('nhi-scan:allow') ? OWN.exec(line) : null;
  if (!comment) return undefined;
  const [, ids, reason] = comment;
  if (ids !== undefined && ids !== '*' && !ids.split(',').includes(rule.id)) return undefined;
  return {
    by: 'inline-comment',
    because: readReason(reason) || 'accepted by an inline comment, without a reason',
  };
}

/** Lines are latin1; a character at the end may be cut. */
function readReason(reason = ''): string {
  return Buffer.from(reason, 'latin1')
    .toString('utf8')
    .replace(/\ufffd$/, '')
    .trim();
}

function lineBefore({ text, line, match, valueStart }: Candidate): string {
  const bytes = Buffer.from(text.bytes.buffer, text.bytes.byteOffset, text.bytes.byteLength);
  let end = match.secretSpan.start - valueStart;
  if (line.length === 0 || end <= 0) return '';
  if (bytes[end - 1] === 0x0a) end--;
  if (bytes[end - 1] === 0x0d) end--;
  const floor = Math.max(0, end - MAX_COMMENT_LINE_BYTES);
  let start = end;
  while (start > floor && bytes[start - 1] !== 0x0a && bytes[start - 1] !== 0x0d) start--;
  return bytes.toString('latin1', start, end);
}
