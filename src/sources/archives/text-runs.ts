// Office documents split a word that was edited or checked into several runs of text: between two of one paragraph
// stands nothing that is read, and what was split is one word again without it. Source: ECMA-376, part 1, section 17.3.2.
import type { ReadMember } from './container.ts';

/** Parts that hold what people write: documents, slides and the cells of sheets. */
const PART = /(?:^|\/)(?:word\/[^/]{1,99}|ppt\/(?:slides|notesSlides)\/[^/]{1,99}|xl\/sharedStrings)\.xml$/;

/** A member as people read it, if it is such a part. */
export function asRead(path: string, read: ReadMember): ReadMember {
  return PART.test(path) ? joinTextRuns(read) : read;
}

const PIECE_BYTES = 256 * 1024;
/** What stands between two runs is shorter. */
const MAX_BETWEEN_BYTES = 32 * 1024;

const GAP = '\\s{0,40}';
const PREFIX = '(?:[wa]:)?';
const ATTRIBUTES = '(?:\\s[^<>]{0,400})?';
/** What programs write beside the text: marks of a spelling check, of bookmarks, changes, links and page ends. */
const MARKS = `(?:<\\/?${PREFIX}(?:proofErr|bookmarkStart|bookmarkEnd|ins|smartTag|hyperlink|lastRenderedPageBreak)${ATTRIBUTES}\\/?>${GAP}){0,12}`;
/** Fonts, colours and the like. */
const PROPERTIES = `(?:<${PREFIX}rPr${ATTRIBUTES}(?:\\/>|>${GAP}(?:<[^<>]{1,400}>${GAP}){0,40}?<\\/${PREFIX}rPr>)${GAP})?`;
const BETWEEN = new RegExp(
  `<\\/${PREFIX}t>${GAP}<\\/${PREFIX}r>${GAP}${MARKS}<${PREFIX}r${ATTRIBUTES}>${GAP}${PROPERTIES}${MARKS}<${PREFIX}t${ATTRIBUTES}>`,
  'g',
);

/** The same text, without what stands between two runs. */
function joinTextRuns(read: ReadMember): ReadMember {
  let rest = '';
  let isEnded = false;
  let ready = Buffer.alloc(0);
  const readOn = (): void => {
    const piece = Buffer.alloc(PIECE_BYTES);
    const count = read(piece);
    isEnded = count < piece.length;
    const joined = (rest + piece.toString('latin1', 0, count)).replace(BETWEEN, '');
    const end = isEnded ? joined.length : Math.max(0, joined.length - MAX_BETWEEN_BYTES);
    rest = joined.slice(end);
    ready = Buffer.from(joined.slice(0, end), 'latin1');
  };
  return (target) => {
    let filled = 0;
    for (;;) {
      const taken = ready.copy(target, filled);
      ready = ready.subarray(taken);
      filled += taken;
      if (filled === target.length || isEnded) return filled;
      readOn();
    }
  };
}
