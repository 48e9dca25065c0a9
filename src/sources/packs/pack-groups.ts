// Objects of packs by the group: how they are read, and how they go from one thread to another.
import type { Queue } from '../queue.ts';
import type { PackedObject } from './pack.ts';
import { OBJECT_TYPES } from './pack.ts';
import type { PackStore, PackStoreOptions } from './pack-store.ts';

/** Undefined for an object that is not in the packs, or not as it should be: git knows more. */
export type PackAnswer = PackedObject | { readonly tooLargeBytes: number } | undefined;

export interface PackWorkerData extends PackStoreOptions {
  /** The content of larger objects is passed over. */
  readonly maxBytes: number;
  /** Whether contents lie in memory that threads share. */
  readonly isShared: boolean;
}

export interface PackWorkerMessage {
  /** Separated by blanks. */
  readonly ids: string;
  /** Bytes of groups that need no longer be counted. */
  readonly takenBytes: number;
}

/** Contents side by side. */
export interface PackGroup {
  readonly bytes: ArrayBuffer | SharedArrayBuffer;
  /** For each object its kind and its size in bytes. */
  readonly table: Uint32Array;
}

const GROUP_BYTES = 64 * 1024;
const MAX_GROUP_OBJECTS = 512;

/** At least one, if there is one. */
export function readGroup(store: PackStore, wanted: Queue<string>, maxBytes: number): PackAnswer[] {
  const answers: PackAnswer[] = [];
  for (let left = GROUP_BYTES; left > 0 && answers.length < MAX_GROUP_OBJECTS;) {
    const id = wanted.shift();
    if (id === undefined) break;
    const object = store.read(id);
    const size = object ? object.bytes.length : 0;
    answers.push(size > maxBytes ? { tooLargeBytes: size } : object);
    left -= size;
  }
  return answers;
}

/** Kinds in a table beside those of objects. */
const MISSING = 0;
const TOO_LARGE = 5;

export function packGroup(answers: readonly PackAnswer[], isShared: boolean): PackGroup {
  const table = new Uint32Array(answers.length * 2);
  let total = 0;
  answers.forEach((answer, index) => {
    const isRead = answer && 'bytes' in answer;
    const size = isRead ? answer.bytes.length : (answer?.tooLargeBytes ?? 0);
    table[index * 2] = isRead ? OBJECT_TYPES.indexOf(answer.type) : answer ? TOO_LARGE : MISSING;
    table[index * 2 + 1] = size;
    if (isRead) total += size;
  });
  const bytes = isShared ? new SharedArrayBuffer(total) : new ArrayBuffer(total);
  const target = new Uint8Array(bytes);
  let at = 0;
  for (const answer of answers) {
    if (!answer || !('bytes' in answer)) continue;
    target.set(answer.bytes, at);
    at += answer.bytes.length;
  }
  return { bytes, table };
}

export function unpackGroup({ bytes, table }: PackGroup): PackAnswer[] {
  const answers: PackAnswer[] = [];
  let at = 0;
  for (let index = 0; index < table.length; index += 2) {
    const [kind, size] = [table[index]!, table[index + 1]!];
    if (kind === MISSING) answers.push(undefined);
    else if (kind === TOO_LARGE) answers.push({ tooLargeBytes: size });
    else {
      answers.push({ type: OBJECT_TYPES[kind]!, bytes: new Uint8Array(bytes, at, size) });
      at += size;
    }
  }
  return answers;
}
