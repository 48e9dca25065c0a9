import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashLines, MAX_HASHED_LENGTH } from '../../src/model/line-hash.ts';

function hashAll(text: string): string[] {
  const count = text.split(/\r\n|\r|\n/).length;
  const lines = Array.from({ length: count }, (_, index) => index + 1);
  const hashes = hashLines(text, lines);
  return lines.map((line) => hashes.get(line) ?? 'none');
}

/** The definition, without rolling: the polynomial over the hundred units that follow each line's beginning. */
function hashByDefinition(text: string): string[] {
  const units: number[] = [];
  const starts: number[] = [];
  let isStart = true;
  const push = (unit: number): void => {
    if (isStart) starts.push(units.length);
    isStart = unit === 10;
    units.push(unit);
  };
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 32 || unit === 9 || (unit === 10 && text[at - 1] === '\r')) continue;
    push(unit === 13 ? 10 : unit);
  }
  push(65535);
  const counts = new Map<string, number>();
  return starts.map((start) => {
    let hash = 0n;
    for (let index = 0; index < 100; index++) hash = hash * 37n + BigInt(units[start + index] ?? 0);
    const hex = BigInt.asUintN(64, hash).toString(16);
    counts.set(hex, (counts.get(hex) ?? 0) + 1);
    return `${hex}:${counts.get(hex)}`;
  });
}

describe('hashLines', () => {
  // The values that GitHub's own implementation is tested against.
  const known: [string, string[]][] = [
    ['', ['c129715d7a2bc9a3:1']],
    [
      ' a\nb\n  \t\tc\n d',
      ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1'],
    ],
    [
      ' hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n',
      [
        'e9496ae3ebfced30:1',
        'fb7c023a8b9ccb3f:1',
        'ce8ba1a563dcdaca:1',
        'e20e36e16fcb0cc8:1',
        'b3edc88f2938467e:1',
        'c8e28b0b4002a3a0:1',
        'c129715d7a2bc9a3:1',
      ],
    ],
    [
      'Lorem ipsum dolor sit amet.\n'.repeat(10),
      [
        ...Array.from({ length: 6 }, (_, index) => `a7f2ff13bc495cf2:${index + 1}`),
        'a7f2ff1481e87703:1',
        'a9cf91f7bbf1862b:1',
        '55ec222b86bcae53:1',
        'cc97dc7b1d7d8f7b:1',
        'c129715d7a2bc9a3:1',
      ],
    ],
  ];
  it.each(known)('gives the values that GitHub gives for %j', (text, expected) => {
    expect(hashAll(text)).toEqual(expected);
  });

  it('agrees with the definition on any text', () => {
    const piece = fc.oneof(
      fc.constantFrom('\n', '\r', '\r\n', ' ', '\t', 'password = x\n', '\uffff', 'é', '💥', '\ud800'),
      fc.string({ unit: 'binary', maxLength: 150 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        // A blank between CR and LF makes two lines of them, here as there.
        const text = pieces.join('').replace(/\r[ \t]+\n/g, '\r\n');
        expect(hashAll(text)).toEqual(hashByDefinition(text).slice(0, hashAll(text).length));
      }),
    );
  });

  it('answers for the asked lines only, and for none that does not exist', () => {
    const text = 'a\nb\na\nb\n';
    const all = hashAll(text);
    expect([...hashLines(text, [3, 99])]).toEqual([[3, all[2]]]);
    expect(hashLines(text, []).size).toBe(0);
  });

  it('leaves texts beyond the limit alone', () => {
    expect(hashLines('a'.repeat(MAX_HASHED_LENGTH + 1), [1]).size).toBe(0);
  });
});
