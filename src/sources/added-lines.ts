// Which lines of a text are new against an older one.
import { diffArrays } from 'diff';

/** Beyond this many edits the exact comparison is too dear, and lines are compared as a set. */
const MAX_EDITS = 5000;

/** 1-based numbers of the lines of `after` that `before` does not have, as a line diff sees them. */
export function findAddedLines(before: string, after: string): Set<number> {
  const oldLines = before.split(/\r\n|\r|\n/);
  const newLines = after.split(/\r\n|\r|\n/);
  const changes = diffArrays(oldLines, newLines, { maxEditLength: MAX_EDITS });
  const added = new Set<number>();
  if (!changes) {
    const known = new Set(oldLines);
    newLines.forEach((line, index) => {
      if (!known.has(line)) added.add(index + 1);
    });
    return added;
  }
  let line = 1;
  for (const change of changes) {
    if (change.removed) continue;
    if (change.added) for (let index = 0; index < change.value.length; index++) added.add(line + index);
    line += change.value.length;
  }
  return added;
}
