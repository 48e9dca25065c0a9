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

/** `config.yml.bak.old` → `config.yml`. */
export function stripCopyEndings(name: string): string {
  let stripped = name;
  for (;;) {
    const ending = COPY_ENDINGS.find((candidate) => stripped.endsWith(candidate));
    if (ending === undefined || stripped.length === ending.length) return stripped;
    stripped = stripped.slice(0, -ending.length);
  }
}

/** What tables of paths are asked with: the folder between slashes, and the name without the endings of copies. */
export function splitPath(path: string): [dir: string, name: string] {
  const lower = path.toLowerCase();
  const slash = lower.lastIndexOf('/');
  return [`/${lower.slice(0, slash + 1)}`, stripCopyEndings(lower.slice(slash + 1))];
}
