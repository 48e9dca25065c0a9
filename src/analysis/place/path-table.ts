// A table of globs, compiled to lookups by name, ending and folder: a path is tested against the few that could fit.

/** Rows of a table: a value and its globs, in lower case, separated by blanks. */
export type PathRows<Value> = readonly (readonly [value: Value, globs: string])[];

/** The value of the first row with a glob that fits `dir` and `name`, or undefined. */
export type PathTable<Value> = (dir: string, name: string) => Value | undefined;

/** One glob: a name with at most two stars, under folders that it names or below them. */
interface Glob<Value> {
  readonly value: Value;
  readonly row: number;
  /** `/a/b/`, or the empty string for any folder. */
  readonly folders: string;
  /** True where any number of folders may stand between `folders` and the name. */
  readonly isDeep: boolean;
  /** The parts of the name between its stars; one part for a name without. */
  readonly parts: readonly string[];
}

/**
 * Globs are a name with at most two stars, below folders, of which `**` is any number; `{a,b}` are alternatives. A glob
 * fits at any depth of a tree. They are compiled when the first path is looked up: a small scan may have none to look up.
 */
export function createPathTable<Value>(rows: PathRows<Value>): PathTable<Value> {
  let table: PathTable<Value> | undefined;
  return (dir, name) => (table ??= compile(rows))(dir, name);
}

function compile<Value>(rows: PathRows<Value>): PathTable<Value> {
  const byName = new Map<string, Glob<Value>[]>();
  const byEnding = new Map<string, Glob<Value>[]>();
  const byHead = new Map<string, Glob<Value>[]>();
  const byFolder = new Map<string, Glob<Value>[]>();
  rows.forEach(([value, globs], row) => {
    for (const text of globs.split(/\s+/).filter(Boolean).flatMap(expandBraces)) {
      const glob = parseGlob(text, value, row);
      const [first, last] = [glob.parts[0]!, glob.parts.at(-1)!];
      if (glob.parts.length === 1) add(byName, first, glob);
      else if (first.length >= HEAD_LENGTH) add(byHead, first.slice(0, HEAD_LENGTH), glob);
      else if (glob.folders === '' && last.includes('.')) add(byEnding, endingOf(last), glob);
      // The empty string stands for any folder: every path has it.
      else add(byFolder, glob.folders.split('/')[1] ?? '', glob);
    }
  });
  // Paths come folder by folder.
  let last: { readonly dir: string; readonly globs: readonly Glob<Value>[] } | undefined;
  const listByFolder = (dir: string): readonly Glob<Value>[] => {
    if (last?.dir !== dir) {
      last = { dir, globs: dir.split('/').flatMap((folder) => byFolder.get(folder) ?? []) };
    }
    return last.globs;
  };
  return (dir, name) => {
    const place = { dir, name };
    let best = pick(byName.get(name), place, undefined);
    best = pick(byEnding.get(endingOf(name)), place, best);
    best = pick(byHead.get(name.slice(0, HEAD_LENGTH)), place, best);
    return pick(listByFolder(dir), place, best)?.value;
  };
}

interface FilePlace {
  readonly dir: string;
  readonly name: string;
}

/** The first row of those that fit and the best so far. */
function pick<Value>(
  globs: readonly Glob<Value>[] | undefined,
  { dir, name }: FilePlace,
  best: Glob<Value> | undefined,
): Glob<Value> | undefined {
  let first = best;
  for (const glob of globs ?? []) if ((!first || glob.row < first.row) && fits(glob, dir, name)) first = glob;
  return first;
}

const HEAD_LENGTH = 3;

function add<Value>(map: Map<string, Glob<Value>[]>, key: string, glob: Glob<Value>): void {
  const globs = map.get(key);
  if (globs) globs.push(glob);
  else map.set(key, [glob]);
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function expandBraces(glob: string): string[] {
  const group = /\{([^{}]*)\}/.exec(glob);
  if (!group) return [glob];
  const [before, after] = [glob.slice(0, group.index), glob.slice(group.index + group[0].length)];
  return group[1]!.split(',').flatMap((choice) => expandBraces(before + choice + after));
}

function parseGlob<Value>(text: string, value: Value, row: number): Glob<Value> {
  const segments = text.split('/');
  const name = segments.pop()!;
  const isDeep = segments.at(-1) === '**' || name === '**';
  const folders = segments.filter((segment) => segment !== '**').join('/');
  const parts = (name === '**' ? '*' : name).split('*');
  return { value, row, folders: folders && `/${folders}/`, isDeep, parts };
}

function fits({ folders, isDeep, parts }: Glob<unknown>, dir: string, name: string): boolean {
  if (folders !== '' && !(isDeep ? dir.includes(folders) : dir.endsWith(folders))) return false;
  const [first, middle] = [parts[0]!, parts.length > 2 ? parts[1]! : ''];
  if (parts.length === 1) return true;
  const last = parts.at(-1)!;
  if (name.length < first.length + middle.length + last.length) return false;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  return middle === '' || name.slice(first.length, name.length - last.length).includes(middle);
}
