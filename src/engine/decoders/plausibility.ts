// Is what a decoder yields text, and is a match in it worth reporting?
import type { Match } from '../../model/match.ts';
import type { RuleMatcher } from '../../model/rule.ts';
import { isPrintable } from './digits.ts';
import type { Output, OutputMap } from './output.ts';

/** Share of bytes, in hundredths, that must be printable ASCII or part of other characters in UTF-8. */
const MIN_PRINTABLE = 85;

export function isText({ bytes, start, at }: Output): boolean {
  let text = 0;
  for (let index = start; index < at; index++) {
    const byte = bytes[index]!;
    if (isPrintable(byte)) text++;
    else if (byte >= 0x80 && isUtf8Neighbour(bytes[index - 1]!, byte, bytes[index + 1]!)) text++;
  }
  return at > start && text * 100 >= (at - start) * MIN_PRINTABLE;
}

function isUtf8Neighbour(before: number, byte: number, after: number): boolean {
  return byte < 0xc0 ? before >= 0x80 : byte >= 0xc2 && byte < 0xf5 && after >= 0x80 && after < 0xc0;
}

const WIDE_SAMPLE_BYTES = 128;

/** Text in UTF-16, little-endian, as PowerShell encodes its commands: nearly every second byte is NUL. */
export function isWide({ bytes, start, at }: Output): boolean {
  const end = Math.min(at, start + WIDE_SAMPLE_BYTES);
  let nuls = 0;
  for (let index = start + 1; index < end; index += 2) if (bytes[index] === 0) nuls++;
  return end - start >= 16 && nuls * 20 >= (end - start) * 9;
}

/** Keeps the low byte of every unit. */
export function narrow(output: Output): void {
  const { bytes, start, map } = output;
  const units = (output.at - start) >> 1;
  for (let index = 0; index < units; index++) {
    bytes[start + index] = bytes[start + index * 2]!;
    if (map) narrowMap(map, index);
  }
  output.at = start + units;
}

function narrowMap({ starts, ends }: OutputMap, index: number): void {
  starts[index] = starts[index * 2]!;
  ends[index] = ends[index * 2 + 1]!;
}

const MIN_GENERIC_LENGTH = 8;

/** A value that only its name makes a credential must be clearly assigned and look random: decoded text is full of words. */
export function isCredible(match: Match, rule: RuleMatcher, text: Uint8Array): boolean {
  if (rule.shape !== 'generic') return true;
  const { secret, span, secretSpan } = match;
  const operator = text.subarray(span.start, secretSpan.start);
  return (
    (operator.includes(0x3d) || operator.includes(0x3a)) &&
    secret.length >= MIN_GENERIC_LENGTH &&
    /[A-Za-z]/.test(secret) &&
    /\d/.test(secret) &&
    !/[\s(){}<>[\];$\\]/.test(secret)
  );
}
