// Tar: POSIX ustar, pax, GNU and the old format, as a stream. Only files are members; links and devices are nothing.
// Source: POSIX.1-2017, pax; the GNU tar manual, "Basic Tar Format".
import type { Damage, Member, ReadMember } from './container.ts';

export const TAR_BLOCK_BYTES = 512;

const CHECKSUM_AT = 148;
const CHECKSUM_BYTES = 8;
const SPACE = 0x20;
const ZEROS = Buffer.alloc(TAR_BLOCK_BYTES);
/** Longer records are scanned as if they were files. */
const MAX_RECORD_BYTES = 1024 * 1024;
const MAX_PATH_LENGTH = 4096;

/** Is this a tar header? Its checksum says so, in every dialect. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < TAR_BLOCK_BYTES || block[0] === 0) return false;
  const stored = readOctal(block, CHECKSUM_AT, CHECKSUM_BYTES);
  let sum = SPACE * CHECKSUM_BYTES;
  let highBytes = 0;
  for (let at = 0; at < TAR_BLOCK_BYTES; at++) {
    if (at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_BYTES) continue;
    sum += block[at]!;
    highBytes += block[at]! >> 7;
  }
  // Some old programs took bytes for signed numbers.
  return stored === sum || stored === sum - highBytes * 256;
}

interface Header {
  readonly path: string;
  readonly sizeBytes: number;
  readonly type: string;
  readonly isExtendedSparse: boolean;
}

/** What a pax or GNU record says of the member after it. */
interface Override {
  readonly path?: string;
  readonly sizeBytes?: number;
}

export function* listTar(read: ReadMember): Generator<Member | Damage> {
  const block = new Uint8Array(TAR_BLOCK_BYTES);
  let override: Override = {};
  let hasEnded = false;
  for (;;) {
    const count = read(block);
    if (count === 0) return;
    if (count === TAR_BLOCK_BYTES && ZEROS.equals(block)) {
      hasEnded = true;
      continue;
    }
    if (!isTarHeader(block.subarray(0, count))) {
      // What stands behind the end of an archive is another one, or nothing to us.
      if (hasEnded) return;
      yield { status: 'damaged', message: 'is damaged or cut off: what follows is not scanned' };
      return;
    }
    hasEnded = false;
    const header = applyOverride(readHeader(block), override);
    if (header.isExtendedSparse) skipSparseMaps(read, block);
    const body = createBody(read, header.sizeBytes);
    if (isRecord(header)) {
      override = { ...override, ...readRecord(header, body.read) };
    } else {
      override = {};
      if (isFile(header)) yield { status: 'member', path: header.path, read: body.read };
    }
    if (!body.skipRest()) {
      yield { status: 'damaged', path: header.path, message: 'is cut off' };
      return;
    }
  }
}

/** Records about the next member: pax, and GNU's long name. */
const RECORD_TYPES = 'xL';
/** Files: of ustar, of the old format, contiguous, sparse. */
const FILE_TYPES = '0\u00007S';
/** Of no member: pax for all that follow, and GNU's long target of a link. */
const ASIDE_TYPES = 'gK';

function isRecord({ type, sizeBytes }: Header): boolean {
  return RECORD_TYPES.includes(type) && sizeBytes <= MAX_RECORD_BYTES;
}

// What has bytes is scanned, whatever it is said to be: types that are not known are files, links may carry contents, and
// where what comes next is taken for them, it is an archive by itself. Before there were types, a folder was told by its name.
function isFile({ type, path, sizeBytes }: Header): boolean {
  if (sizeBytes > 0) return !ASIDE_TYPES.includes(type);
  return FILE_TYPES.includes(type) && !path.endsWith('/');
}

function readHeader(block: Uint8Array): Header {
  const isUstar = readText(block, 257, 5) === 'ustar';
  const name = readText(block, 0, 100);
  // GNU keeps other things where POSIX has the beginning of long paths.
  const prefix = isUstar && block[262] === 0 ? readText(block, 345, 155) : '';
  const type = String.fromCharCode(block[156]!);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    sizeBytes: readSize(block),
    type,
    isExtendedSparse: type === 'S' && block[482] === 1,
  };
}

function applyOverride(header: Header, { path, sizeBytes }: Override): Header {
  if (RECORD_TYPES.includes(header.type)) return header;
  return {
    ...header,
    path: (path ?? header.path).slice(0, MAX_PATH_LENGTH),
    sizeBytes: sizeBytes ?? header.sizeBytes,
  };
}

/** Twelve octal digits, or where the first bit is set, a binary number. */
function readSize(block: Uint8Array): number {
  if ((block[124]! & 0x80) === 0) return readOctal(block, 124, 12);
  let size = 0;
  for (let at = 125; at < 136; at++) size = size * 256 + block[at]!;
  return Math.min(size, Number.MAX_SAFE_INTEGER);
}

function readOctal(block: Uint8Array, at: number, length: number): number {
  const digits = /^[ \0]*([0-7]+)/.exec(Buffer.from(block.subarray(at, at + length)).toString('latin1'));
  return digits ? Number.parseInt(digits[1]!, 8) : 0;
}

function readText(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString('utf8');
}

interface Body {
  readonly read: ReadMember;
  /** Passes over what was not read, and the padding. False where the archive ends before. */
  skipRest(): boolean;
}

function createBody(readArchive: ReadMember, sizeBytes: number): Body {
  const padding = (TAR_BLOCK_BYTES - (sizeBytes % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES;
  let left = sizeBytes;
  let isCut = false;
  const read: ReadMember = (target) => {
    if (left === 0 || isCut) return 0;
    const wanted = Math.min(left, target.length);
    const count = readArchive(target.subarray(0, wanted));
    left -= count;
    isCut = count < wanted;
    return count;
  };
  return {
    read,
    skipRest: () => {
      const waste = new Uint8Array(Math.min(left + padding, 64 * 1024));
      for (let passed = 1; passed > 0;) passed = read(waste);
      if (padding > 0 && !isCut) readArchive(waste.subarray(0, padding));
      return !isCut;
    },
  };
}

function skipSparseMaps(read: ReadMember, block: Uint8Array): void {
  const map = new Uint8Array(block.length);
  do if (read(map) < map.length) return;
  while (map[504] === 1);
}

function readRecord({ type, sizeBytes }: Header, read: ReadMember): Override {
  const bytes = Buffer.alloc(sizeBytes);
  const text = bytes.subarray(0, read(bytes));
  return type === 'L' ? { path: readText(text, 0, text.length) } : readPax(text);
}

/** Lines of `length key=value`; the length is in bytes and counts itself. */
function readPax(bytes: Buffer): Override {
  let override: Override = {};
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(SPACE, at);
    const length = Number(bytes.toString('latin1', at, space));
    // A length that does not reach beyond itself would never end.
    if (space < 0 || !Number.isInteger(length) || length <= space - at) break;
    const [, key, value = ''] =
      /^([^=]*)=([^]*)\n$/.exec(bytes.toString('utf8', space + 1, at + length)) ?? [];
    if (key === 'path') override = { ...override, path: value };
    if (key === 'size' && /^\d{1,15}$/.test(value)) override = { ...override, sizeBytes: Number(value) };
    at += length;
  }
  return override;
}
