// What of a path decides how a content is judged: under paths of one class, a content is judged alike.
import type { RuleTable } from '../model/packed-rules.ts';
import { createFileRules } from './file-rules.ts';
import { readFacts } from './generic/file-facts.ts';
import { classifyPlace } from './place/classify-place.ts';
import { splitPath } from './place/file-name.ts';
import type { PathTable } from './place/path-table.ts';
import { createPathTable } from './place/path-table.ts';
import { isInWebRoot } from './place/path-traits.ts';

const MAX_KNOWN_PATHS = 65_536;

export interface PathClasses {
  readonly classOf: (path: string) => string;
  /** Whether a content is judged under this path although no keyword stands in it. */
  readonly knowsFile: (path: string) => boolean;
}

/** @param matchers of the paths at which something is accepted */
export function createPathClasses(
  rules: RuleTable,
  matchers: readonly ((path: string) => boolean)[],
): PathClasses {
  const known = new Map<string, string>();
  const { find, knows } = createFileRules(rules.listOfFiles());
  let posture: readonly PathTable<true>[] | undefined;
  const classify = (path: string): string => {
    const [dir, name] = splitPath(path);
    const facts = readFacts(path);
    // Names that say nothing of the syntax may say that of an archive, or that content decides.
    const ending = facts.kind === 'unknown' ? name.slice(name.lastIndexOf('.') + 1 || name.length) : '';
    const traits = [
      ...Object.values(facts),
      ending,
      classifyPlace(path),
      find(path)?.id,
      isInWebRoot(path),
      ...(posture ??= listPosture(rules)).map((fits) => fits(dir, name)),
      ...matchers.map((matches) => matches(path)),
    ];
    return traits.join(' ');
  };
  return {
    knowsFile: knows,
    classOf: (path) => {
      const found = known.get(path) ?? classify(path);
      if (known.size >= MAX_KNOWN_PATHS) known.clear();
      known.set(path, found);
      return found;
    },
  };
}

/** The files of the rules that judge files of some names; many of them have the same. */
function listPosture(rules: RuleTable): PathTable<true>[] {
  const globs = rules.listOfPosture().map(({ posture }) => posture!.files.join(' ').toLowerCase());
  return [...new Set(globs)].map((each) => createPathTable([[true, each]]));
}
