// API tokens of PyPI: macaroons, whose caveats say for which user, projects and time they hold.
import type { Decoder, Facts } from './decoder.ts';
import { numberOf, parseObject, textOf, toObject } from './json-object.ts';

const VERSION = 2;
const END = 0;
const LOCATION = 1;
const IDENTIFIER = 2;

/** More caveats than any token has. */
const MAX_CAVEATS = 32;

interface Macaroon {
  readonly location: string | undefined;
  readonly identifier: string | undefined;
  /** What follows the identifier of every caveat's packet. */
  readonly caveats: readonly string[];
}

/** `pypi-<macaroon>`. Source: libmacaroons version 2 binary format; Warehouse source code, `warehouse/macaroons/caveats`. */
export const decodePypiMacaroon: Decoder = ({ secret }) => {
  const macaroon = secret.startsWith('pypi-')
    ? readMacaroon(Buffer.from(secret.slice(5), 'base64url'))
    : undefined;
  if (!macaroon) return {};
  const { identifier } = macaroon;
  const isUuid = identifier !== undefined && /^[0-9a-f-]{36}$/i.test(identifier);
  const facts = macaroon.caveats.map((caveat) => readCaveat(caveat));
  const merged: Facts = Object.assign({}, ...facts);
  return {
    ...merged,
    issuer: macaroon.location,
    details: [...facts.flatMap(({ details = [] }) => details), isUuid ? `token id ${identifier}` : undefined],
    notes: [facts.some(({ expiresAtMs }) => expiresAtMs !== undefined) ? undefined : 'never expires'],
  };
};

// Sections of `type, length, bytes` packets, each closed by a zero; an empty section closes the list of caveats.
function readMacaroon(bytes: Buffer): Macaroon | undefined {
  if (bytes[0] !== VERSION) return undefined;
  const sections: Map<number, string>[] = [];
  let offset = 1;
  while (offset < bytes.length && sections.length <= MAX_CAVEATS) {
    const section = new Map<number, string>();
    while (offset < bytes.length && bytes[offset] !== END) {
      const type = bytes[offset]!;
      const { value: length, end } = readVarint(bytes, offset + 1);
      section.set(type, bytes.toString('utf8', end, end + length));
      offset = end + length;
    }
    offset++;
    if (section.size === 0) break;
    sections.push(section);
  }
  const [head, ...caveats] = sections;
  return {
    location: head?.get(LOCATION),
    identifier: head?.get(IDENTIFIER),
    caveats: caveats.flatMap((section) => section.get(IDENTIFIER) ?? []),
  };
}

/** Seven bits a byte, lowest first; lengths beyond three bytes do not occur. */
function readVarint(bytes: Buffer, start: number): { value: number; end: number } {
  let value = 0;
  for (let index = 0; index < 3; index++) {
    const byte = bytes[start + index] ?? 0;
    value |= (byte & 0x7f) << (7 * index);
    if (byte < 0x80) return { value, end: start + index + 1 };
  }
  return { value, end: start + 3 };
}

function readCaveat(text: string): Facts {
  const legacy = parseObject(text);
  return legacy ? readLegacyCaveat(legacy['permissions']) : readTaggedCaveat(text);
}

/** `{"version": 1, "permissions": "user" | {"projects": […]}}` */
function readLegacyCaveat(permissions: unknown): Facts {
  if (permissions === 'user') return { kind: 'user-token', details: ['scope: every project of its user'] };
  const projects = toObject(permissions)?.['projects'];
  return Array.isArray(projects) ? scopeTo(projects) : {};
}

const EXPIRATION = 0;
const PROJECT_NAMES = 1;
const PROJECT_IDS = 2;
const USER = 3;

/** `[tag, …]`, where the tag says what the rest is. */
function readTaggedCaveat(text: string): Facts {
  const caveat = parseObject(`{"caveat":${text}}`)?.['caveat'];
  if (!Array.isArray(caveat)) return {};
  const fields = { value: caveat[1] as unknown };
  const list = Array.isArray(caveat[1]) ? (caveat[1] as unknown[]) : [];
  const expirySeconds = numberOf(fields, 'value');
  const readings: Readonly<Record<number, Facts>> = {
    [EXPIRATION]: { expiresAtMs: expirySeconds === undefined ? undefined : expirySeconds * 1000 },
    [PROJECT_NAMES]: scopeTo(list),
    [PROJECT_IDS]: { kind: 'project-token', details: [`scope: ${list.length} projects by id`] },
    [USER]: { kind: 'user-token', subject: textOf(fields, 'value') && `user ${textOf(fields, 'value')!}` },
  };
  return typeof caveat[0] === 'number' ? (readings[caveat[0]] ?? {}) : {};
}

function scopeTo(projects: readonly unknown[]): Facts {
  const names = projects.filter((project): project is string => typeof project === 'string');
  return { kind: 'project-token', details: [`scope: ${names.slice(0, 5).join(', ')}`] };
}
