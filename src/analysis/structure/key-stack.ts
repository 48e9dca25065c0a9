// Where a reader of structured text stands: the mappings and sequences around it, and their path as people write it.

/** A level of nesting: the current key of a mapping, or the current index of a sequence. */
export interface Level {
  readonly isSequence: boolean;
  /** Column, for formats in which columns nest; else 0. */
  readonly indent: number;
  key: string;
  index: number;
}

/** Called for every scalar, in order of place. `path` makes the text of the path, which costs more than the visit. */
export type Visit = (start: number, end: number, path: () => string) => void;

/** Reads a text up to `limit`; bounded work for every character, and never an exception. */
export type StructureReader = (text: string, visit: Visit, limit: number) => void;

/** Deeper levels are not followed: what stands there has no path. */
const MAX_LEVELS = 128;
/** Joins the names of a block and of its labels into one key. */
export const LABEL = '\0';
/** Longer keys are cut. */
const MAX_KEY_LENGTH = 100;
/** Stands where a key was cut. */
export const CUT = '…';
const PLAIN_KEY = /^[\w$@/~<>+*:-]+(?:\[[\w.:/-]+\])?$/;

export interface KeyStack {
  readonly levels: readonly Level[];
  /** The innermost level, or undefined outside of all and beyond the bound. */
  readonly top: Level | undefined;
  push(isSequence: boolean, indent?: number): Level | undefined;
  pop(): void;
  clear(): void;
  /** `spec.containers[0].env[2].value`; keys with dots or blanks stand in quotes. Empty where the path is not known. */
  readonly path: () => string;
}

export function createKeyStack(): KeyStack {
  const levels: Level[] = [];
  // Levels beyond the bound are only counted.
  let surplus = 0;
  return {
    levels,
    get top() {
      return surplus > 0 ? undefined : levels.at(-1);
    },
    push: (isSequence, indent = 0) => {
      if (levels.length >= MAX_LEVELS) {
        surplus++;
        return undefined;
      }
      const level = { isSequence, indent, key: '', index: 0 };
      levels.push(level);
      return level;
    },
    pop: () => {
      if (surplus > 0) surplus--;
      else levels.pop();
    },
    clear: () => {
      levels.length = 0;
      surplus = 0;
    },
    path: () => (surplus > 0 ? '' : formatPath(levels)),
  };
}

function formatPath(levels: readonly Level[]): string {
  let path = '';
  for (const { isSequence, key, index } of levels) {
    if (isSequence) path += `[${index}]`;
    else if (key !== '') for (const part of key.split(LABEL)) path += formatKey(part, path === '');
  }
  return path;
}

function formatKey(key: string, isFirst: boolean): string {
  const isCut = key.length > MAX_KEY_LENGTH;
  if (isCut || !PLAIN_KEY.test(key)) {
    const text = Buffer.from(key.slice(0, MAX_KEY_LENGTH), 'latin1').toString('utf8');
    return `[${JSON.stringify(isCut ? text + CUT : text)}]`;
  }
  return isFirst ? key : `.${key}`;
}
