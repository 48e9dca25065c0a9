// What is found in plain text is found in encoded text: by every codec, nested, at every edge, within the budget.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openRules, packRules } from '../../../src/model/packed-rules.ts';
import {
  createDecodingScanner,
  MAX_DECODED_SHARE,
  MIN_DECODED_BYTES,
} from '../../../src/engine/decoders/decoding-scanner.ts';
import type { Match } from '../../../src/model/match.ts';
import { createMatcher, SAMPLE_RULES } from '../sample-rules.ts';
import type { EncodableCodec } from './encoders.ts';
import { ENCODABLE, ENCODERS } from './encoders.ts';

const RULES = [
  ...SAMPLE_RULES,
  createMatcher({
    id: 'whole-word',
    keywords: ['nbk_'],
    pattern: '(?<![0-9A-Za-z])nbk_[0-9a-z]{20}(?![0-9a-z])',
  }),
];

const scanner = createDecodingScanner(openRules(packRules(RULES)), { capacityBytes: 1 << 22 });

function scan(text: string): Match[] {
  const bytes = Buffer.from(text, 'latin1');
  scanner.buffer.set(bytes);
  return scanner.scan({ start: 0, limit: bytes.length, end: bytes.length });
}

function expectBudgetHeld(text: string): void {
  expect(scanner.decodedBytes).toBeLessThanOrEqual(MIN_DECODED_BYTES + text.length * MAX_DECODED_SHARE);
}

const letters = fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyz');
const tokens = fc
  .array(letters, { minLength: 8, maxLength: 8 })
  .map((characters) => `tkn_${characters.join('')}`);
const words = fc
  .array(fc.constantFrom('user', 'name:', 'host=', '"key"', ',', '{', '}', 'é', '42', 'a?b>c~', '\n'), {
    maxLength: 12,
  })
  .map((parts) => parts.join(' '));

interface Layer {
  readonly codec: EncodableCodec;
  readonly variant: number;
}

const layers: fc.Arbitrary<Layer> = fc.record({ codec: fc.constantFrom(...ENCODABLE), variant: fc.nat(4) });

function encode(text: string, { codec, variant }: Layer): string {
  const variants = ENCODERS[codec];
  return variants[variant % variants.length]!(text);
}

/** Innermost layer first. Between the layers stands some text, as it would. */
function wrap(text: string, chain: readonly Layer[]): string {
  return chain.reduce((inner, layer) => encode(`see below: ${inner} .`, layer), text);
}

describe('decoding scanner', () => {
  it('finds what any codec hides, up to three levels deep', () => {
    fc.assert(
      fc.property(
        fc.record({ token: tokens, before: words, around: words }),
        fc.array(layers, { minLength: 1, maxLength: 3 }),
        ({ token, before, around }, chain) => {
          const text = `${before}\nvalue "${wrap(`key: ${token} ${around}`, chain)}" end`;
          const found = scan(text).filter(({ ruleId }) => ruleId === 'plain-token');
          expect(found).toHaveLength(1);
          expect(found[0]!.secret).toBe(token);
          expect(found[0]!.decodedBy).toEqual(chain.map(({ codec }) => codec).reverse());
          expectBudgetHeld(text);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('points at the encoded text of the secret, and only at it', () => {
    fc.assert(
      fc.property(tokens, words, layers, (token, around, layer) => {
        const text = `value "${encode(`key: ${token} ${around}`, layer)}"`;
        const match = scan(text).find(({ ruleId }) => ruleId === 'plain-token');
        const { start, end } = match!.secretSpan;
        const ofOneByte = encode('z', { codec: layer.codec, variant: layer.variant }).length;
        expect(end - start).toBeLessThanOrEqual(token.length * ofOneByte + 2 * ofOneByte);
        const encoded = text.slice(start, end);
        if (layer.codec === 'base64') expect(text).toContain(encoded);
        else expect(encoded).toBe(encode(token, layer));
      }),
      { numRuns: 500 },
    );
  });

  it('finds both of two secrets in one encoded text, in places that do not overlap', () => {
    const [first, second] = ['tkn_' + 'abcd1234', 'tkn_' + 'efgh5678'];
    for (let pad = 0; pad < 6; pad++) {
      const text = Buffer.from(`${'-'.repeat(pad)}{"a":"${first}","${second}"}`).toString('base64');
      const found = scan(`x=${text}`);
      expect(found.map(({ secret }) => secret)).toEqual([first, second]);
      expect(found[0]!.secretSpan.end).toBeLessThanOrEqual(found[1]!.secretSpan.start);
    }
  });

  it('joins what quoted-printable has broken over lines', () => {
    const token = 'tkn_' + 'abcd1234';
    for (let at = 5; at < token.length - 1; at++) {
      for (const lineEnd of ['\n', '\r\n']) {
        const text = `To: you\n\ntoken=3D${token.slice(0, at)}=${lineEnd}${token.slice(at)} bye\n`;
        expect(scan(text)).toMatchObject([{ secret: token, decodedBy: ['quoted-printable'] }]);
      }
    }
  });

  it('finds a token in which one sign alone is escaped', () => {
    const escapes = {
      escape: ['\\x5f', '\\u005f', '\\u{5f}', '\\U0000005f', '\\137'],
      html: ['&#95;', '&#x5F;', '&lowbar;', '&UnderBar;'],
      percent: ['%5F', '%5f'],
      'quoted-printable': ['=5F'],
    };
    for (const [codec, spellings] of Object.entries(escapes)) {
      for (const escape of spellings) {
        const text = `\nvalue "${'tkn_abcd1234'.replace('_', escape)}" end\n`;
        expect(scan(text)).toMatchObject([{ secret: 'tkn_' + 'abcd1234', decodedBy: [codec] }]);
      }
    }
  });

  it('reads the commands that PowerShell takes, in UTF-16', () => {
    const text = Buffer.from('$key = "' + 'tkn_' + 'abcd1234"; Get-Item .', 'utf16le').toString('base64');
    expect(scan(`powershell -enc ${text}`)).toMatchObject([
      { secret: 'tkn_' + 'abcd1234', decodedBy: ['base64', 'utf-16le'] },
    ]);
  });

  it('reports a secret once that stands in plain text on an escaped line', () => {
    const token = 'tkn_' + 'abcd1234';
    for (const rest of ['%3Dabc', '\\u003dx', '&#61;x', '&quot;', '=3Dabc']) {
      expect(scan(`a${rest} b ${token} c${rest}`)).toMatchObject([{ secret: token, decodedBy: [] }]);
    }
  });

  it('sees the beginning of a word behind an escaped line end, and calls that plain', () => {
    const token = 'nbk_' + '0123456789abcdefghij';
    const cell = JSON.stringify({ source: ['import x\n', `key = 1\n${token}\n`], outputs: [`\t${token}`] });
    expect(scan(cell)).toMatchObject([
      { secret: token, decodedBy: [] },
      { secret: token, decodedBy: [] },
    ]);
  });

  it('does not undo a fourth level', () => {
    const four = Array.from({ length: 4 }, () => ({ codec: 'base64', variant: 0 }) as const);
    const twelve = [...four, ...four, ...four];
    const text = wrap('key: ' + 'tkn_' + 'abcd1234', four.slice(1));
    expect(scan(text)).toHaveLength(1);
    expect(scan(wrap('key: ' + 'tkn_' + 'abcd1234', four))).toEqual([]);
    const deep = wrap('key: ' + 'tkn_' + 'abcd1234', twelve);
    expect(scan(deep)).toEqual([]);
    expectBudgetHeld(deep);
  });

  it('takes a generic value only where it is clearly assigned and looks random', () => {
    const value = 'Zq8' + 'vRt2Lw9';
    expect(scan(`x ${Buffer.from(`\npassword: ${value}\n`).toString('base64')}`)).toMatchObject([
      { ruleId: 'assigned-word', secret: value },
    ]);
    for (const prose of ['password: string', 'password = none', 'the password: see below, please']) {
      expect(scan(`x ${Buffer.from(`${prose}\n${prose}\n`).toString('base64')}`)).toEqual([]);
    }
  });

  it('decodes nothing of ordinary text, and next to nothing of binary data', () => {
    scan(
      'static const struct someVeryLongIdentifierNameForTesting0123456789 = { 0x0123456789abcdef };'.repeat(
        99,
      ),
    );
    expect(scanner.decodedBytes).toBe(0);
    scan(Array.from({ length: 99 }, (_, index) => `${index.toString(16).padStart(40, '9af3')}`).join('\n'));
    expect(scanner.decodedBytes).toBe(0);
    scan('printf("%2d: %5d %x %08lx\\n", a, b); return x == y && p->q;\n'.repeat(99));
    expect(scanner.decodedBytes).toBe(0);
    scan(
      'read(&page, &list->lock); s = "\\033[1m\\0"; w = 0=2048; x=4; sed s/(a)/\\1\\2/ C:\\User D&D;\n'.repeat(
        99,
      ),
    );
    expect(scanner.decodedBytes).toBe(0);
    const image = noise(1 << 20).toString('base64');
    scan(JSON.stringify({ 'image/png': image }));
    expect(scanner.decodedBytes).toBeLessThan(image.length / 100);
  });

  it('decodes next to nothing of rows of bytes, and finds what stands in one', () => {
    const token = 'tkn_' + 'abcd1234';
    const data = noise(1 << 14);
    for (const base of [16, 8] as const) {
      const toRow = (bytes: Uint8Array): string => rowOf(bytes, base);
      const rows = Array.from({ length: 1 << 11 }, (_, row) => toRow(data.subarray(row * 8, row * 8 + 8)));
      const text = `${rows.join('')}${toRow(Buffer.from(`\0\xff\x01${token}\0\xfe`, 'latin1'))}`;
      expect(scan(text)).toMatchObject([{ secret: token, decodedBy: ['escape'] }]);
      expect(scanner.decodedBytes).toBeLessThan(data.length / 10);
    }
  });

  it('finds each of a list of texts, as well as a text that was wrapped', () => {
    const all = Array.from({ length: 6 }, (_, index) => `tkn_${index}bcd123${index}`);
    for (const length of [40, 41, 42, 43]) {
      const lines = all.map((token) => `${'a '.repeat(40).slice(0, length)}${token}`);
      const list = lines.map((line) => Buffer.from(line).toString('base64url')).join('\n');
      expect(scan(list).map(({ secret }) => secret)).toEqual(all);
    }
  });

  it('takes no name in the next line for the rest of an encoded text', () => {
    const token = 'nbk_' + '0123456789abcdefghij';
    for (const next of ['api_url: x', 'db_password=abc', 'ca.crt: x', 'HOST', 'NEXT=', 'word and more']) {
      const text = `data:\n  a: ${Buffer.from(`see this one: t=${token}`).toString('base64')}\n  ${next}\n`;
      expect(scan(text)).toMatchObject([{ secret: token, decodedBy: ['base64'] }]);
    }
  });

  it('knows text that begins with other characters than those of ASCII', () => {
    const token = 'tkn_' + 'abcd1234';
    for (const head of [
      '# Clé générée à la main',
      '# Schlüssel für die Über',
      '# 密钥在这里是一个',
      '🔑🔑 ',
      '\ufeff',
    ]) {
      const bytes = Buffer.from(`${head}\nTOKEN=${token}\n`);
      expect(scan(`x: ${bytes.toString('base64')}`)).toMatchObject([{ secret: token }]);
      expect(scan(`x: ${bytes.toString('hex')}`)).toMatchObject([{ secret: token }]);
    }
    const latin = Buffer.from(`# Cl\xe9 du service\nTOKEN=${token}\n`, 'latin1');
    expect(scan(`x: ${latin.toString('base64')}`)).toMatchObject([{ secret: token }]);
  });

  it('keeps neighbours apart whose encoded characters they share', () => {
    const all = Array.from({ length: 8 }, (_, index) => `tkn_${index}bcd123${index}`);
    for (let depth = 1; depth <= 3; depth++) {
      let text = `a\n${all.join('\n')}\n`;
      for (let level = 0; level < depth; level++) text = Buffer.from(text).toString('base64');
      expect(scan(`x: ${text}`).map(({ secret }) => secret)).toEqual(all);
    }
  });

  it('undoes kinds of escapes that stand side by side, or within one another, in every order', () => {
    const secret = 'tkn_' + 'ajcd1234';
    const lines = ['%5F', '&#95;', '\\u005f', '=5F'];
    const others = ['%6A', '&#106;', '\\u006a', '=6A'];
    for (const [before, behind] of [
      ['', ''],
      ['"x%20y&amp;z\\u0041" ', ' "\\x41&#65;%41"'],
    ]) {
      for (const escapes of lines.flatMap((line) => others.map((other) => `${line}a${other}`))) {
        const found = scan(`${before}tkn${escapes}cd1234${behind}`);
        expect(found.map((match) => match.secret)).toEqual([secret]);
      }
    }
    for (const escape of ['%26%2395;', '&#37;5F', '\\u00255F', '=5Cu005f', '&amp;lowbar;']) {
      expect(scan(`tkn${escape}ajcd1234`).map((match) => match.secret)).toEqual([secret]);
    }
  });

  it('undoes the escapes of all kinds in a line, and says so where there are too many', () => {
    const token = 'tkn_' + 'abcd1234';
    const html = '{"html":"&#60;a href=&#34;/x%2Fy%20z&#34;&#62;","t":"\\u003cb\\u003e"},';
    const encoded = Buffer.from(`{"token":"${token}"}`).toString('base64');
    for (const times of [1, 100, 10_000]) {
      expect(scan(`[${html.repeat(times)}]\n{"cfg":"${encoded}"}\n`)).toMatchObject([{ secret: token }]);
      expect(scanner.isOverspent).toBe(false);
    }
    scan(`${html}=3Dab%253Dab`.repeat(20_000));
    expect(scanner.isOverspent).toBe(false);
    const nested =
      '&#37;41ab%26%2365;cd\\u0025\\u0034\\u0031ef=25=2D41g&#92;u0041h%5cu0041i=5Cu0041j\\u003D41k%3D3D';
    scan(nested.repeat(5_000));
    expect(scanner.isOverspent).toBe(true);
    scan('x');
    expect(scanner.isOverspent).toBe(false);
  });

  it('holds its budget whatever it is given', () => {
    const pieces = fc.constantFrom(
      '%41',
      '\\x41',
      '\\u0042',
      '&#65;',
      '&quot;',
      '=3D',
      '=\n',
      'QUFB',
      '4142',
      'x',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 200 }), fc.nat(3), (parts, times) => {
        const text = parts.join('').repeat(1 + times * 20);
        scan(text);
        expectBudgetHeld(text);
      }),
      { numRuns: 500 },
    );
  });
});

/** Bytes as a string of C, on a line of its own. */
function rowOf(bytes: Uint8Array, base: 8 | 16): string {
  const escapes = Array.from(bytes, (byte) =>
    base === 8 ? `\\${byte.toString(8).padStart(3, '0')}` : `\\x${byte.toString(16).padStart(2, '0')}`,
  );
  return `"${escapes.join('')}"\n`;
}

/** Bytes that look random, the same on every run. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}
