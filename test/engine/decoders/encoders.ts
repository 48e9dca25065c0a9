// The other direction of every decoder, for tests: latin1 text → encoded text.
import type { Format } from '../../../src/engine/decoders/packed/envelopes.ts';
import type { Codec } from '../../../src/model/match.ts';

export type Encode = (text: string) => string;

export type EncodableCodec = Exclude<Codec, 'quoted-printable' | Format | `utf-${string}`>;

const hexOf = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0');

function encodeEach(encode: (hex: string, character: string) => string): Encode {
  return (text) => [...text].map((character) => encode(hexOf(character), character)).join('');
}

/** Several spellings of each codec. */
export const ENCODERS: Readonly<Record<EncodableCodec, readonly Encode[]>> = {
  base64: [
    (text) => Buffer.from(text, 'latin1').toString('base64'),
    (text) => Buffer.from(text, 'latin1').toString('base64url'),
    (text) => Buffer.from(text, 'latin1').toString('base64').replace(/.{76}/g, '$&\r\n'),
    (text) => Buffer.from(text, 'latin1').toString('base64').replace(/.{60}/g, '$&\n    '),
  ],
  hex: [
    (text) => Buffer.from(text, 'latin1').toString('hex'),
    (text) => Buffer.from(text, 'latin1').toString('hex').toUpperCase(),
  ],
  percent: [encodeEach((hex) => `%${hex.toUpperCase()}`), encodeEach((hex) => `%${hex}`)],
  escape: [
    encodeEach((hex) => `\\x${hex}`),
    encodeEach((hex) => `\\u00${hex}`),
    encodeEach((hex) => `\\u{${hex}}`),
    encodeEach((hex) => `\\x{${hex}}`),
    encodeEach((hex) => `\\U000000${hex}`),
    encodeEach((_, character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`),
  ],
  html: [
    encodeEach((hex) => `&#x${hex};`),
    encodeEach((_, character) => `&#${character.charCodeAt(0)};`),
    encodeEach((hex, character) => (character === '"' ? '&quot;' : `&#X${hex.toUpperCase()};`)),
  ],
};

export const ENCODABLE = Object.keys(ENCODERS) as EncodableCodec[];
