// How wide text is on a terminal, and how it is cut and wrapped to fit.

// East Asian wide and full-width characters, and emoji.
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1B000}-\u{1B2FF}\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
const COMBINING = /[\p{Mn}\p{Me}]/u;

/** Columns that escaped text takes. */
export function measureColumns(text: string): number {
  let columns = 0;
  for (const character of text) columns += measureCharacter(character);
  return columns;
}

function measureCharacter(character: string): number {
  if (character < '\u0300') return 1;
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** As much of the beginning as fits, ending in `…` where something was cut. */
export function keepStart(text: string, columns: number): string {
  if (measureColumns(text) <= columns) return text;
  let kept = '';
  let used = 1;
  for (const character of text) {
    used += measureCharacter(character);
    if (used > columns) break;
    kept += character;
  }
  return `${kept}…`;
}

/** As much of the end as fits, beginning with `…` where something was cut. */
export function keepEnd(text: string, columns: number): string {
  if (measureColumns(text) <= columns) return text;
  const characters = [...text];
  let first = characters.length;
  let used = 1;
  while (first > 0) {
    used += measureCharacter(characters[first - 1]!);
    if (used > columns) break;
    first--;
  }
  return `…${characters.slice(first).join('')}`;
}

/** Lines of whole words. A word that is wider than a line stands on a line of its own. */
export function wrapWords(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measureColumns(longer) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}
