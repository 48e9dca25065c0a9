// Contents of a few git objects at once, and what the texts of commits and tags hold beside ids.
import type { GitContext } from './git.ts';
import { runGit } from './git.ts';

/** Contents by object id; an object that git does not have is left out. */
export function readObjects(context: GitContext, ids: readonly string[]): Map<string, Uint8Array> {
  return new Map(readBatch(context, ids).flatMap((object) => (object ? [[object.id, object.content]] : [])));
}

interface StoredObject {
  readonly id: string;
  readonly type: string;
  readonly content: Uint8Array;
}

/**
 * In the order of the names; undefined where there is no such object.
 * @param names ids, or what git calls an object by, such as `HEAD:path` or `:0:path`; without line feeds
 */
export function readBatch(context: GitContext, names: readonly string[]): (StoredObject | undefined)[] {
  const objects: (StoredObject | undefined)[] = [];
  if (names.length === 0) return objects;
  const output = runGit(context, ['cat-file', '--batch', '--buffer'], `${names.join('\n')}\n`);
  for (let at = 0; at < output.length;) {
    const lineEnd = output.indexOf(0x0a, at);
    const [, id, type, size] = /^(\S+) (\w+) (\d+)$/.exec(output.toString('latin1', at, lineEnd)) ?? [];
    at = lineEnd + 1;
    if (size === undefined) {
      objects.push(undefined);
      continue;
    }
    objects.push({ id: id!, type: type!, content: output.subarray(at, at + Number(size)) });
    at += Number(size) + 1;
  }
  return objects;
}

export interface CommitStamp {
  /** `Name <address>`. */
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly date: string;
}

/** Who wrote a commit, and when. Empty texts where the commit does not say. */
export function readStamp(commit: Uint8Array): CommitStamp {
  const [header] = splitHeader(commit);
  const [, author = '', seconds = ''] = /^author (.*?) ?(-?\d+) [+-]\d{4}$/m.exec(header) ?? [];
  const time = new Date(Number(seconds) * 1000);
  const isTime = seconds !== '' && !Number.isNaN(time.getTime());
  return {
    author: Buffer.from(author, 'latin1').toString('utf8'),
    date: isTime ? time.toISOString().replace('.000Z', 'Z') : '',
  };
}

/** Header fields of commits and tags that hold an id or a signature: long runs of letters, none of them a person's. */
const MACHINE_FIELDS = /^(?:tree|parent|object|type|gpgsig|gpgsig-sha256) /;

/** The text of a commit or tag: its message, so that lines count as people see them, then what its header says. */
export function textOf(commitOrTag: Uint8Array): Buffer {
  const [header, message] = splitHeader(commitOrTag);
  const fields: string[] = [];
  let isKept = true;
  for (const line of header.split('\n')) {
    // A line that begins with a blank continues the field above.
    if (!line.startsWith(' ')) isKept = !MACHINE_FIELDS.test(line);
    if (isKept) fields.push(line);
  }
  return Buffer.concat([message, Buffer.from(`\n${fields.join('\n')}\n`, 'latin1')]);
}

function splitHeader(object: Uint8Array): [header: string, message: Buffer] {
  const bytes = Buffer.from(object.buffer, object.byteOffset, object.byteLength);
  const end = bytes.indexOf('\n\n');
  if (end === -1) return [bytes.toString('latin1'), Buffer.alloc(0)];
  return [bytes.toString('latin1', 0, end), bytes.subarray(end + 2)];
}
