// Patterns of key paths: `jobs.*.steps[*].with.token`. `*` is one key or index, `**` any number of them.

export type KeyPattern = (keyPath: string) => boolean;

export function compileKeyPattern(pattern: string): KeyPattern {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part, index, parts) => {
      if (part === '**') return '.*';
      if (part === '*') return parts[index - 1]?.endsWith('[') ? '\\d+' : '(?:[^.[\\]]+|\\["[^"]*"\\])';
      return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    })
    .join('');
  const expression = new RegExp(`^${source}$`);
  return (keyPath) => expression.test(keyPath);
}

/** The paths of what encloses a key, the nearest first; the last is the empty path of the whole text. */
export function listEnclosing(keyPath: string): string[] {
  const enclosing: string[] = [];
  for (let at = keyPath.length - 1; at > 0; at--) {
    if (keyPath[at] === '.' || keyPath[at] === '[') enclosing.push(keyPath.slice(0, at));
  }
  return [...enclosing, ''];
}
