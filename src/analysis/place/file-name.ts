// The name that decides about a file: in lower case, without the endings of copies and samples.

/** Endings that copies and samples add to the name of their original. */
const COPY_ENDINGS: readonly string[] = [
  '.bak',
  '.backup',
  '.old',
  '.orig',
  '.save',
  '.swp',
  '.tmp',
  '.dist',
  '.sample',
  '.example',
  '.template',
  '~',
];

/** The last segment of a path, in lower case, without the endings of copies. */
export function baseName(path: string): string {
  return stripCopyEndings(path.slice(path.lastIndexOf('/') + 1).toLowerCase());
}

/** Most names end with none of these characters. */
const LAST_CHARACTERS: ReadonlySet<string> = new Set(COPY_ENDINGS.map((ending) => ending.at(-1)!));

/** `config.yml.bak.old` → `config.yml`. */
export function stripCopyEndings(name: string): string {
  let stripped = name;
  for (;;) {
    if (!LAST_CHARACTERS.has(stripped.charAt(stripped.length - 1))) return stripped;
    const ending = COPY_ENDINGS.find((candidate) => stripped.endsWith(candidate));
    if (ending === undefined || stripped.length === ending.length) return stripped;
    stripped = stripped.slice(0, -ending.length);
  }
}

/** What tables of paths are asked with: the folder between slashes, and the name without the endings of copies. */
type PathParts = readonly [dir: string, name: string];

/** Several tables are asked for one path after another. */
let last: { readonly path: string; readonly parts: PathParts } = { path: '', parts: ['/', ''] };

export function splitPath(path: string): PathParts {
  if (path !== last.path) last = { path, parts: split(path) };
  return last.parts;
}

function split(path: string): PathParts {
  const lower = path.toLowerCase();
  const slash = lower.lastIndexOf('/');
  return [`/${lower.slice(0, slash + 1)}`, stripCopyEndings(lower.slice(slash + 1))];
}
