// Small texts are scanned many at a time: most hold nothing that any rule looks at, and then all of them are clean.
// Where a bundle holds something, its texts are scanned once more, one by one.
import type { Input } from '../sources/input.ts';

type BytesInput = Extract<Input, { kind: 'bytes' }>;

/** Larger contents are scanned by themselves. */
const MAX_MEMBER_BYTES = 512;
const MAX_BUNDLE_BYTES = 64 * 1024;
/** Begins and parts texts: no mark of an encoding or a format stands at the beginning of a bundle. */
const SEPARATOR = Buffer.from('\n\n\n\n', 'latin1');

export interface Bundles {
  /** A small text waits in a bundle; what cannot wait is handed back. */
  add(input: Input): Input | undefined;
  /** The bundle so far, when it is full or when it is the last one. */
  take(isLast: boolean): Input | undefined;
  /** The texts of a bundle; undefined for what is none. */
  membersOf(input: Input): readonly Input[] | undefined;
}

/** @param knowsFile of paths for whose sake a text is judged although no keyword stands in it */
export function createBundles(knowsFile: (path: string) => boolean): Bundles {
  const members = new Map<Input, readonly BytesInput[]>();
  let waiting: BytesInput[] = [];
  let bytes = 0;
  return {
    add: (input) => {
      if (!isSmallText(input) || knowsFile(input.provenance.path)) return input;
      // The memory that it came in is not its own.
      waiting.push({ ...input, bytes: Uint8Array.from(input.bytes) });
      bytes += input.bytes.length + SEPARATOR.length;
      return undefined;
    },
    take: (isLast) => {
      if (waiting.length === 0 || (!isLast && bytes < MAX_BUNDLE_BYTES)) return undefined;
      const bundle = join(waiting);
      members.set(bundle, waiting);
      [waiting, bytes] = [[], 0];
      return bundle;
    },
    membersOf: (input) => {
      const found = members.get(input);
      members.delete(input);
      return found;
    },
  };
}

// A NUL says that a content is binary, or text in a wide encoding; the first bytes may say so, too.
function isSmallText(input: Input): input is BytesInput {
  if (input.kind !== 'bytes' || input.bytes.length > MAX_MEMBER_BYTES) return false;
  const [first = 0x20] = input.bytes;
  return (
    first < 0x80 &&
    first !== 0x25 &&
    first !== 0x7f &&
    first !== 0x1f &&
    first >= 0x09 &&
    !input.bytes.includes(0)
  );
}

function join(inputs: readonly BytesInput[]): Input {
  const parts = inputs.flatMap(({ bytes }) => [SEPARATOR, bytes]);
  return { kind: 'bytes', provenance: { kind: 'object', path: '', object: '' }, bytes: Buffer.concat(parts) };
}
