// Writes a model as the text that `decodeModel` of the scanner reads.
import { deflateRawSync } from 'node:zlib';
import type { LanguageData } from '../../src/analysis/generic/language.ts';
import type { Model } from '../../src/analysis/generic/model.ts';

export function encodeModel({ linear, base, trees }: Model, { trigrams, words }: LanguageData): string {
  const parts = [
    trigrams,
    words,
    new Uint8Array(linear.weights.buffer),
    floats(linear.scales),
    floats(Float32Array.of(base, trees.length)),
    Uint8Array.from(trees, ({ feature }) => feature.length),
    ...trees.map(({ feature }) => feature),
    ...trees.map(({ left }) => left),
    ...trees.map(({ threshold }) => floats(threshold)),
    ...trees.map(({ value }) => floats(value)),
  ];
  return deflateRawSync(Buffer.concat(parts), { level: 9 }).toString('base64');
}

function floats(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
