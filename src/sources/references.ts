// What refs hold beside commits: annotated tags, tags of files and trees, and the names of the refs themselves.
import { readObjects } from './git-objects.ts';
import type { GitContext } from './git.ts';
import { runGit } from './git.ts';
import type { IncludedObject } from './history-scope.ts';
import { listTreeOf } from './repository.ts';
import { SourceFailure } from './source-failure.ts';

interface NamedObject {
  readonly type: 'tag' | 'blob';
  readonly id: string;
  /** What it is called in a report. In bytes, one character each. */
  readonly path: string;
  /** A file of a tree, whose name is its own. */
  readonly isFile: boolean;
}

export interface References {
  /** In bytes, one character each. */
  readonly names: readonly string[];
  readonly objects: readonly NamedObject[];
}

/** Tags of tags of tags are followed this far. */
const MAX_TAG_DEPTH = 16;

/** @throws SourceFailure when git cannot list its refs */
export function listReferences(context: GitContext): References {
  const output = runGit(context, ['for-each-ref', '--format=%(objecttype) %(objectname) %(refname)']);
  const rows = output
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /^(\S+) (\S+) (.*)$/.exec(line)!)
    .map(([, type, id, name]) => ({ type: type!, id: id!, name: name! }));
  return { names: rows.map(({ name }) => name), objects: collectObjects(context, rows) };
}

/**
 * What a change brings beside commits.
 * @param changes what its refs are to point at
 * @throws SourceFailure when git cannot say what they are
 */
export function listReferenced(context: GitContext, changes: readonly IncludedObject[]): References {
  const input = changes.map(({ id }) => `${id}\n`).join('');
  const answers = runGit(context, ['cat-file', '--batch-check=%(objecttype)'], input);
  const types = answers.toString('latin1').split('\n');
  const rows = changes.map(({ id }, index) => {
    const type = types[index]!;
    if (!/^\w+$/.test(type)) throw new SourceFailure('git-failed', `there is no object ${id}`);
    return { type, id, name: `${type} ${id.slice(0, 12)}` };
  });
  return { names: changes.flatMap(({ ref }) => ref ?? []), objects: collectObjects(context, rows) };
}

function collectObjects(context: GitContext, rows: readonly Target[]): NamedObject[] {
  const objects: NamedObject[] = [];
  let targets = rows.filter(({ type }) => type !== 'commit');
  for (let depth = 0; targets.length > 0 && depth < MAX_TAG_DEPTH; depth++) {
    objects.push(...targets.flatMap((target) => listObjects(context, target)));
    targets = followTags(
      context,
      targets.filter(({ type }) => type === 'tag'),
    );
  }
  if (targets.length > 0) {
    throw new SourceFailure('git-failed', `a tag of a tag leads on after ${MAX_TAG_DEPTH} of them`);
  }
  return objects;
}

interface Target {
  readonly type: string;
  readonly id: string;
  readonly name: string;
}

function listObjects(context: GitContext, { type, id, name }: Target): NamedObject[] {
  const path = `(${name.replace(/^refs\/tags\//, 'tag ')})`;
  if (type === 'tag' || type === 'blob') return [{ type, id, path, isFile: false }];
  if (type !== 'tree') return [];
  return listTreeOf(context, id).map((file) => ({
    type: 'blob',
    id: file.id,
    path: file.path,
    isFile: true,
  }));
}

/** What tags point at, but for commits: those are walked to anyway. */
function followTags(context: GitContext, tags: readonly Target[]): Target[] {
  const contents = readObjects(
    context,
    tags.map(({ id }) => id),
  );
  return tags.flatMap(({ id, name }): Target[] => {
    const header = Buffer.from(contents.get(id) ?? [])
      .subarray(0, 512)
      .toString('latin1');
    const [, object, type] = /^object ([0-9a-f]+)\ntype (\w+)\n/.exec(header) ?? [];
    return object === undefined || type === undefined || type === 'commit'
      ? []
      : [{ type, id: object, name }];
  });
}
