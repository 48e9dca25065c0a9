// Ids that hold their time: made here by the reverse of what is read.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIdentity } from './read-identity.ts';

const times = fc.integer({ min: Date.UTC(2006, 0, 1), max: Date.UTC(2090, 0, 1) });

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function toDigits(value: bigint, alphabet: string, width: number): string {
  let text = '';
  for (let rest = value, digit = 0; digit < width; digit++, rest /= BigInt(alphabet.length)) {
    text = alphabet[Number(rest % BigInt(alphabet.length))]! + text;
  }
  return text;
}

function createdAtMs(decoder: string, secret: string): number {
  return Date.parse(readIdentity(decoder, secret).identity.createdAt ?? '');
}

const hex = (value: number | bigint, width: number): string => value.toString(16).padStart(width, '0');

describe('embedded times', () => {
  it('objectid-time: seconds', () => {
    fc.assert(
      fc.property(times, (time) => {
        const secret = `${['PM', 'AK-'].join('')}${hex(Math.floor(time / 1000), 8)}${'0a'.repeat(8)}-${'1b'.repeat(17)}`;
        expect(createdAtMs('objectid-time', secret)).toBe(Math.floor(time / 1000) * 1000);
      }),
    );
  });

  it('ulid-time: milliseconds, in either case', () => {
    fc.assert(
      fc.property(times, fc.boolean(), (time, isLower) => {
        const id = toDigits(BigInt(time), CROCKFORD, 10) + 'A'.repeat(16);
        expect(createdAtMs('ulid-time', `prefix_${isLower ? id.toLowerCase() : id}_tail`)).toBe(time);
      }),
    );
  });

  it('uuid-time: versions 1, 6 and 7', () => {
    fc.assert(
      fc.property(times, (time) => {
        const ticks = hex(BigInt(time) * 10_000n + 0x01b21dd213814000n, 15);
        const version1 = `${ticks.slice(7)}-${ticks.slice(3, 7)}-1${ticks.slice(0, 3)}-8abc-0123456789ab`;
        const version6 = `${ticks.slice(0, 8)}-${ticks.slice(8, 12)}-6${ticks.slice(12)}-8abc-0123456789ab`;
        const version7 = `${hex(time, 12).slice(0, 8)}-${hex(time, 12).slice(8)}-7abc-8abc-0123456789ab`;
        expect([version1, version6, version7].map((id) => createdAtMs('uuid-time', id))).toEqual([
          time,
          time,
          time,
        ]);
      }),
    );
  });

  it('uuid-time: the example of RFC 9562', () => {
    expect(createdAtMs('uuid-time', '017F22E2-79B0-7CC3-98C4-DC0C0C07398F')).toBe(
      Date.UTC(2022, 1, 22, 19, 22, 22),
    );
    expect(createdAtMs('uuid-time', 'C232AB00-9414-11EC-B3C8-9F6BDECED846')).toBe(
      Date.UTC(2022, 1, 22, 19, 22, 22),
    );
  });

  it('uuid-time: version 4 holds none', () => {
    expect(readIdentity('uuid-time', '919108f7-52d1-4320-9bac-f847db4148a8').identity).not.toHaveProperty(
      'createdAt',
    );
  });

  it('ksuid-time: seconds since May 2014', () => {
    fc.assert(
      fc.property(times, (time) => {
        fc.pre(time > 1_400_000_000_000);
        const seconds = Math.floor(time / 1000);
        const id = toDigits((BigInt(seconds - 1_400_000_000) << 128n) + 12345n, BASE62, 27);
        expect(createdAtMs('ksuid-time', id)).toBe(seconds * 1000);
      }),
    );
  });

  it('prefers a captured id', () => {
    const captured = `${hex(1_600_000_000, 8)}${'0a'.repeat(8)}`;
    const reading = readIdentity('objectid-time', '65'.repeat(12), { captures: { id: captured } });
    expect(reading.identity.createdAt).toBe('2020-09-13T12:26:40.000Z');
  });
});
