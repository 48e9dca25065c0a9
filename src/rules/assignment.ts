// The one shape of "a named value" that contextual rules share, whatever the syntax around it.
import { COMPILE_ONCE } from './compile-once.ts';

// Between a rule's own words and the end of the variable's name. What follows begins with no character of a name: so it is
// compiled once (see COMPILE_ONCE), and tried once.
const NAME_TAIL = '[0-9A-Za-z_.-]{0,24}(?=[^0-9A-Za-z_.-])';

// A quote, plain or escaped as inside a JSON string.
const QUOTE = '(?:\\\\?["\'`])';
const CLOSE = `${QUOTE}?[\\])]?`;
const TYPE = '(?:\\s?:\\s?[A-Za-z][A-Za-z0-9_.]{0,20}(?=\\s?=))?';
const OPERATOR = [
  '\\s{0,8}(?:=>|:=|[:=]=?|<-|\\|\\|=?|\\?\\?=?|,)\\s{0,8}', // code, JSON, YAML, arguments
  '\\s{0,3}\\(\\s{0,3}', // setters
  '(?:</key)?>\\s{0,8}(?:<(?:string|value)>\\s{0,8})?', // XML elements, property lists
  '(?:\\s{0,3},\\s{0,40}|\\s{1,40})[\'"]?value[\'"]?\\s{0,3}[:=]\\s{0,3}', // name and value side by side
  '\\s{1,4}', // command lines, ENV lines, .netrc-like files
].join('|');
const OPEN = `(?:[bBfFrRuU@$]{0,2}(?=["'\`]))?${QUOTE}{0,3}(?:(?:[Bb]earer|[Bb]asic|[Tt]oken)\\s)?`;
const END = '(?![0-9A-Za-z_+/=-])';

/**
 * A pattern that begins with one of `names` and captures the value assigned to it as `secret`.
 * @param names words joined by `_`, which stands for any separator or none
 * @param value pattern source of the value
 */
export function buildAssignmentPattern(names: readonly string[], value: string): string {
  const alternatives = [...names].sort((a, b) => b.length - a.length).map(foldName).join('|');
  const before = `${CLOSE}${TYPE}${COMPILE_ONCE}(?:${OPERATOR})${OPEN}${COMPILE_ONCE}`;
  return `(?:${alternatives})${NAME_TAIL}${before}(?<secret>${value})${END}`;
}

const SEPARATORS = ['', '_', '-', '.', ' '];
const MIN_WORD_LENGTH = 5;
/** Words that stand everywhere in program code, and say nothing without the next. */
const COMMON_WORDS: ReadonlySet<string> = new Set(['convert', 'scale']);

/** The literals with which a match of the pattern begins: a name's first word, or its first words joined. */
export function listAssignmentKeywords(names: readonly string[]): string[] {
  const keywords = new Set<string>();
  for (const name of names) {
    let heads = [''];
    for (const word of name.toLowerCase().split('_')) {
      heads = heads[0] === '' ? [word] : heads.flatMap((head) => SEPARATORS.map((by) => head + by + word));
      if (heads[0]!.length >= MIN_WORD_LENGTH && !COMMON_WORDS.has(heads[0]!)) break;
    }
    for (const head of heads) keywords.add(head);
  }
  return [...keywords];
}

function foldName(name: string): string {
  return [...name.toLowerCase()].map(foldCharacter).join('');
}

function foldCharacter(character: string): string {
  if (character === '_') return '[_. -]?';
  if (/[a-z]/.test(character)) return `[${character}${character.toUpperCase()}]`;
  return character.replace(/[^0-9]/, '\\$&');
}
