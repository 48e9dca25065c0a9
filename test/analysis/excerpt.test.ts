// Lines around a finding: every secret in them hidden, whichever and however many there are.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExcerpt } from '../../src/analysis/excerpt.ts';
import type { Redaction } from '../../src/analysis/known-secrets.ts';
import { createKnownSecrets } from '../../src/analysis/known-secrets.ts';
import { createPassword } from '../sample-secrets.ts';

function redactionOf(text: string, value: string, from = 0): Redaction {
  const start = Buffer.byteLength(text.slice(0, text.indexOf(value, from)));
  return { start, end: start + Buffer.byteLength(value), shown: '<hidden>', value, spellings: [] };
}

describe('an excerpt', () => {
  it('marks its own secret and hides the others, also where nothing was found', () => {
    const [own, other, again] = ['own', 'other', 'again'].map(createPassword) as [string, string, string];
    const text = `a ${other} b ${own} c ${again} d\nnext`;
    const [mine, known] = [
      redactionOf(text, own),
      createKnownSecrets([redactionOf(text, other), { ...redactionOf(text, again), start: 900, end: 920 }]),
    ];
    const [line, ...rest] = createExcerpt({ bytes: Buffer.from(text), own: mine, known, startLine: 7 });
    expect(rest).toEqual([]);
    expect(line).toMatchObject({ line: 7, text: 'a <hidden> b <hidden> c <hidden> d' });
    expect(line!.text.slice(line!.mark!.start, line!.mark!.end)).toBe('<hidden>');
    expect(line!.mark!.start).toBe('a <hidden> b '.length);
  });

  it('holds no secret, whatever lies around it and however secrets overlap', () => {
    const filler = fc
      .array(fc.constantFrom('x', ' ', '=', '"', '漢', '😀'), { maxLength: 30 })
      .map((parts) => parts.join(''));
    const secrets = ['a', 'b', 'c', 'd'].map((name) => createPassword(name));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(filler, fc.nat(3)), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        (parts, seed) => {
          const text = parts.map(([before, index]) => before + secrets[index]!).join('');
          const redactions = secrets
            .filter((secret) => text.includes(secret))
            .map((secret) => redactionOf(text, secret));
          const inner = redactions.map((each) => ({
            ...each,
            start: each.start + 4,
            value: each.value.slice(4),
          }));
          const own = redactions[seed % redactions.length]!;
          const known = createKnownSecrets([...inner, ...redactions]);
          const shown = createExcerpt({ bytes: Buffer.from(text), own, known, startLine: 1 }).map(
            (line) => line.text,
          );
          expect(secrets.filter((secret) => shown.join('\n').includes(secret.slice(4)))).toEqual([]);
        },
      ),
    );
  });

  it('shows no part of a copy that it is cut through, nor of one that reaches into another secret', () => {
    const [own, other] = [createPassword('own'), createPassword('other')];
    for (let width = 80; width < 125; width++) {
      for (const [filler, copy] of [
        ['x', own],
        ['漢', other],
      ] as const) {
        const wide = filler.repeat(width).slice(0, Math.ceil(width / Buffer.byteLength(filler)));
        const text = `${copy}${wide}"${own}"${wide}${copy}`;
        const mine = redactionOf(text, own, text.indexOf('"'));
        const known = createKnownSecrets([mine, { ...redactionOf(text, copy), start: 900, end: 920 }]);
        const bytes = Buffer.from(`${'y'.repeat(200)}${text}${'y'.repeat(200)}`);
        const moved = { ...mine, start: mine.start + 200, end: mine.end + 200 };
        const [line] = createExcerpt({ bytes, own: moved, known, startLine: 1 });
        const parts = [...copy].map((_, at) => copy.slice(at, at + 6)).filter((part) => part.length === 6);
        expect(parts.filter((part) => line!.text.includes(part))).toEqual([]);
        expect(line!.text).not.toContain('\ufffd');
      }
    }
    const inner = { ...redactionOf(own, own.slice(8, 14)), shown: '<inner>' };
    const known = createKnownSecrets([{ ...redactionOf(own, own), start: 900, end: 920 }]);
    const [line] = createExcerpt({ bytes: Buffer.from(own), own: inner, known, startLine: 1 });
    expect(line!.text).toBe('<hidden><inner><hidden>');
  });
});
