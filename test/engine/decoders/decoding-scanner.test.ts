// What is found in plain text is found in encoded text: by every codec, nested, at every edge.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EncodableCodec } from './encoders.ts';
import { ENCODABLE, ENCODERS } from './encoders.ts';
import { expectBudgetHeld, scan } from './sample-scanner.ts';

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

const layers: fc.Arbitrary<Layer> = fc.record({ codec: fc.constantFrom(...ENCODABLE), variant: fc.nat(5) });

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
      escape: ['\\x5f', '\\u005f', '\\u{5f}', '\\x{5f}', '\\U0000005f', '\\137'],
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
});
