// Archives for tests, made byte by byte so that they can also be wrong.
import { deflateRawSync } from 'node:zlib';

export interface ZipMember {
  readonly path: string;
  readonly content: Uint8Array;
  readonly isStored?: boolean;
  readonly isEncrypted?: boolean;
  readonly method?: number;
  /** Writes the sizes where zip64 has them. */
  readonly isLong?: boolean;
}

export function buildZip(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const member of members) {
    const name = Buffer.from(member.path);
    const packed = member.isStored ? Buffer.from(member.content) : deflateRawSync(member.content);
    const method = member.method ?? (member.isStored ? 0 : 8);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt16LE(name.length, 26);
    parts.push(local, name, packed);
    directory.push(buildEntry(member, { name, method, packedBytes: packed.length, at }));
    at += local.length + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(members.length, 0xffff), 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, listed, end]);
}

interface Packed {
  readonly name: Buffer;
  readonly method: number;
  readonly packedBytes: number;
  readonly at: number;
}

function buildEntry(member: ZipMember, { name, method, packedBytes, at }: Packed): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(member.isEncrypted ? 1 : 0, 8);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt32LE(member.isLong ? 0xffffffff : packedBytes, 20);
  entry.writeUInt32LE(member.isLong ? 0xffffffff : member.content.length, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt32LE(member.isLong ? 0xffffffff : at, 42);
  if (!member.isLong) return Buffer.concat([entry, name]);
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  extra.writeBigUInt64LE(BigInt(member.content.length), 4);
  extra.writeBigUInt64LE(BigInt(packedBytes), 12);
  extra.writeBigUInt64LE(BigInt(at), 20);
  entry.writeUInt16LE(extra.length, 30);
  return Buffer.concat([entry, name, extra]);
}

export interface TarMember {
  readonly path: string;
  readonly content?: Uint8Array;
  /** `0` is a file. */
  readonly type?: string;
  /** What the header says, where it lies. */
  readonly sizeBytes?: number;
  readonly isBinarySize?: boolean;
}

/** Without the two blocks of zeros at the end, where `isOpen`. */
export function buildTar(members: readonly TarMember[], isOpen = false): Buffer {
  const parts = members.flatMap((member) => {
    const content = Buffer.from(member.content ?? []);
    const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
    return [buildHeader(member, member.sizeBytes ?? content.length), content, padding];
  });
  return Buffer.concat(isOpen ? parts : [...parts, Buffer.alloc(1024)]);
}

function buildHeader(member: TarMember, sizeBytes: number): Buffer {
  const header = Buffer.alloc(512);
  header.write(member.path.slice(0, 100), 0);
  header.write('0000644\0', 100);
  if (member.isBinarySize) {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(sizeBytes), 128);
  } else {
    header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124);
  }
  header.write(member.type ?? '0', 156);
  header.write('ustar\0' + '00', 257);
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** A record of pax: `length key=value`. */
export function buildPax(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  const restBytes = Buffer.byteLength(rest);
  let length = restBytes;
  while (restBytes + String(length).length !== length) length = restBytes + String(length).length;
  return Buffer.from(`${length}${rest}`);
}
