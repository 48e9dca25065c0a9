// Under which of its paths a content is to be scanned: once for each class of paths under which it would be judged in
// another way.
import { showName } from './name-bytes.ts';
import type { PathMatcher } from './path-matcher.ts';

export interface JudgedPaths {
  /**
   * The path, as it is shown, where the content is to be scanned under it.
   * @param path in bytes, one character each; the same string for the same path saves time
   */
  choose(blob: number, path: string): string | undefined;
  /** Whether the content is scanned under a path of the same class. @param shown as it is shown */
  covers(blob: number, shown: string): boolean;
  /** How many contents have only paths that are excluded. */
  countExcluded(): number;
}

export interface JudgedPathsOptions {
  readonly classOf: (path: string) => string;
  readonly isExcluded: PathMatcher;
}

export function createJudgedPaths({ classOf, isExcluded }: JudgedPathsOptions): JudgedPaths {
  const first: (string | undefined)[] = [];
  /** Of contents with paths of several classes. */
  const classes = new Map<number, Set<string>>();
  const excluded = new Set<number>();
  const covers = (blob: number, shown: string): boolean => {
    const known = first[blob];
    if (known === undefined) return false;
    const wanted = classOf(shown);
    return classes.get(blob)?.has(wanted) ?? wanted === classOf(showPath(known));
  };
  return {
    covers,
    countExcluded: () => excluded.size,
    choose: (blob, path) => {
      const known = first[blob];
      if (known === path) return undefined;
      const shown = showPath(path);
      if (isExcluded(shown)) {
        if (known === undefined) excluded.add(blob);
        return undefined;
      }
      if (known === undefined) {
        first[blob] = path;
        excluded.delete(blob);
        return shown;
      }
      if (covers(blob, shown)) return undefined;
      const all = classes.get(blob) ?? new Set([classOf(showPath(known))]);
      classes.set(blob, all.add(classOf(shown)));
      return shown;
    },
  };
}

/** @param path in bytes, one character each */
export function showPath(path: string): string {
  return showName(Buffer.from(path, 'latin1'));
}
