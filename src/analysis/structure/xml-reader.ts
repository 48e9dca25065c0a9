// Reads XML: elements, attributes and texts. Entities are never expanded, nesting is bounded.
import type { KeyStack, StructureReader, Visit } from './key-stack.ts';
import { createKeyStack } from './key-stack.ts';
import { matchAt } from './match-at.ts';

const CLOSING = /\/([\w:.-]{1,100})\s{0,20}>/y;
const OPENING = /[\w:.-]{1,100}/y;
const ATTRIBUTE = /\s{1,200}([\w:.-]{1,100})\s{0,20}=\s{0,20}(?:"([^"<]{0,8192})"|'([^'<]{0,8192})')/y;
const TAG_END = /\s{0,200}(\/?)>/y;
/** Attributes that say which of many alike elements this is. */
const NAMING = new Set(['key', 'name', 'id']);

export const readXml: StructureReader = (text, visit, limit) => {
  const stack = createKeyStack();
  let textStart = 0;
  for (let at = text.indexOf('<'); at !== -1 && at < limit; at = text.indexOf('<', textStart)) {
    visitText({ text, start: textStart, end: at }, stack, visit);
    textStart = Math.max(readMarkup({ text, at: at + 1 }, stack, visit), at + 1);
  }
  if (textStart < limit) visitText({ text, start: textStart, end: text.length }, stack, visit);
};

/** Reads what a `<` begins; says where it ends. */
function readMarkup({ text, at }: { text: string; at: number }, stack: KeyStack, visit: Visit): number {
  const first = text[at];
  if (text.startsWith('![CDATA[', at)) return at + 8;
  if (first === '!' || first === '?') {
    const close = text.startsWith('!--', at) ? '-->' : '>';
    const end = text.indexOf(close, at);
    return end === -1 ? text.length : end + close.length;
  }
  const closing = matchAt(CLOSING, text, at);
  if (closing) {
    stack.pop();
    return at + closing[0].length;
  }
  const opening = matchAt(OPENING, text, at);
  return opening ? openElement({ text, at: at + opening[0].length, name: opening[0] }, stack, visit) : at;
}

function visitText(range: { text: string; start: number; end: number }, stack: KeyStack, visit: Visit): void {
  const { text } = range;
  let { start, end } = range;
  while (start < end && text[start]! <= ' ') start++;
  while (end > start && text[end - 1]! <= ' ') end--;
  if (text.startsWith(']]>', end - 3)) end -= 3;
  if (end > start) visit(start, end, stack.path);
}

/** Reads the attributes; says where the tag ends. */
function openElement(
  { text, at, name }: { text: string; at: number; name: string },
  stack: KeyStack,
  visit: Visit,
): number {
  const level = stack.push(false);
  if (level) level.key = name;
  let end = at;
  for (let found = matchAt(ATTRIBUTE, text, end); found; found = matchAt(ATTRIBUTE, text, end)) {
    const [, attribute, double, single] = found;
    const value = double ?? single ?? '';
    end += found[0].length;
    const start = end - 1 - value.length;
    visit(start, end - 1, () => `${stack.path()}.@${attribute}`);
    if (level && level.key === name && NAMING.has(attribute!) && /^[\w.:/-]{1,60}$/.test(value))
      level.key = `${name}[${value}]`;
  }
  const close = matchAt(TAG_END, text, end);
  if (close?.[1] === '/') stack.pop();
  return close ? end + close[0].length : end;
}
