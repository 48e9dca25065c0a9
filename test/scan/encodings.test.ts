// One token in every encoding and beside every kind of line end: found, and at the place that an editor shows.
import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandTemplate } from '../../src/rules/template.ts';
import { createPassword, createToken } from '../sample-secrets.ts';
import { createDefaultScanner, findingsOf, scanBytes } from './scan-bytes.ts';

const TOKEN = createToken('encodings');
const scanner = createDefaultScanner();

type Encode = (text: string) => Buffer;

function encodeUtf32(text: string, isLittleEndian: boolean): Buffer {
  const points = [...text].map((character) => character.codePointAt(0)!);
  const bytes = Buffer.alloc(points.length * 4);
  points.forEach((point, index) =>
    isLittleEndian ? bytes.writeUInt32LE(point, index * 4) : bytes.writeUInt32BE(point, index * 4),
  );
  return bytes;
}

const MARK = '\uFEFF';
const utf16le: Encode = (text) => Buffer.from(text, 'utf16le');
const utf16be: Encode = (text) => Buffer.from(text, 'utf16le').swap16();
const utf32le: Encode = (text) => encodeUtf32(text, true);
const utf32be: Encode = (text) => encodeUtf32(text, false);

const ENCODINGS: Readonly<Record<string, Encode>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with mark': (text) => Buffer.from(MARK + text),
  'UTF-16 LE': utf16le,
  'UTF-16 LE with mark': (text) => utf16le(MARK + text),
  'UTF-16 BE': utf16be,
  'UTF-16 BE with mark': (text) => utf16be(MARK + text),
  'UTF-32 LE': utf32le,
  'UTF-32 LE with mark': (text) => utf32le(MARK + text),
  'UTF-32 BE': utf32be,
  'UTF-32 BE with mark': (text) => utf32be(MARK + text),
};

const LINE_ENDS: Readonly<Record<string, string>> = { LF: '\n', CRLF: '\r\n', CR: '\r' };

interface Place {
  readonly secret: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

function locate(bytes: Uint8Array): Place[] {
  return findingsOf(scanBytes(scanner, bytes))
    .filter(({ ruleId }) => ruleId === 'slack-bot-token')
    .map(({ secret, location }) => ({
      secret,
      line: location.startLine,
      column: location.startColumn,
      endLine: location.endLine,
      endColumn: location.endColumn,
    }));
}

/** Where an editor shows the token: lines end at LF, CR and CRLF; columns are UTF-16 units. */
function expectAt(text: string): Place {
  const lines = text.split(/\r\n|\r|\n/);
  const line = lines.findIndex((each) => each.includes(TOKEN));
  const column = lines[line]!.indexOf(TOKEN) + 1;
  return { secret: TOKEN, line: line + 1, column, endLine: line + 1, endColumn: column + TOKEN.length };
}

describe.each(Object.entries(ENCODINGS))('%s', (_, encode) => {
  it.each(Object.entries(LINE_ENDS))('with %s: the token stands where an editor shows it', (__, end) => {
    const text = ['first', '', '\tkey: "é漢😀"', `😀 漢字\tSLACK = "${TOKEN}" # é`, 'last'].join(end);
    expect(locate(encode(text))).toEqual([expectAt(text)]);
  });

  it('finds the token without a line end, and at the very beginning', () => {
    expect(locate(encode(`${TOKEN} is it`))).toEqual([expectAt(TOKEN)]);
    expect(locate(encode(`token ${TOKEN}`))).toEqual([expectAt(`token ${TOKEN}`)]);
  });
});

describe('what is no line end', () => {
  it.each(['\u2028', '\u2029', '\u0085', '\v', '\f'])('counts as a column: %j', (character) => {
    const text = `a${character}b ${TOKEN}`;
    expect(locate(Buffer.from(text))).toEqual([expectAt(text)]);
  });
});

describe('bytes that are no UTF-8', () => {
  const line = `key = "${TOKEN}"`;
  it.each([
    ['Latin-1', Buffer.from(`caf\u00E9 ${line}`, 'latin1'), 6 + 7],
    ['Shift-JIS', Buffer.concat([Buffer.from([0x83, 0x65, 0x83, 0x58]), Buffer.from(` ${line}`)]), 5 + 8],
    ['one bad byte before', Buffer.concat([Buffer.from([0xff]), Buffer.from(line)]), 1 + 8],
    ['one bad byte after', Buffer.concat([Buffer.from(line), Buffer.from([0xff])]), 8],
    ['an overlong form', Buffer.concat([Buffer.from([0xc0, 0xaf]), Buffer.from(line)]), 2 + 8],
    // To a decoder the cut character is one, as it is to us.
    ['a cut character before', Buffer.concat([Buffer.from([0xe6, 0xbc]), Buffer.from(` ${line}`)]), 1 + 9],
  ] as const)('hide nothing: %s', (_, bytes, column) => {
    const [place, ...others] = locate(bytes);
    expect(others).toEqual([]);
    expect(place).toMatchObject({ secret: TOKEN, line: 1, column });
  });

  it('hide nothing, whichever they are and wherever they stand', () => {
    const junk = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.filter((byte) => byte !== 0));
    fc.assert(
      fc.property(junk, junk, (before, after) => {
        const bytes = Buffer.concat([Buffer.from('# '), before, Buffer.from(` ${TOKEN} `), after]);
        expect(locate(bytes).map(({ secret }) => secret)).toContain(TOKEN);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a NUL byte', () => {
  it('late in a text hides nothing', () => {
    const text = `${'x'.repeat(79)}\n`.repeat(900);
    const bytes = Buffer.concat([
      Buffer.from(text.slice(0, 70_000)),
      Buffer.from([0]),
      Buffer.from(`\n${TOKEN}\n`),
    ]);
    expect(locate(bytes)).toHaveLength(1);
  });

  it.each([1, 2, 3, 4])('at the beginning of a text hides nothing, nor do %i', (count) => {
    const bytes = Buffer.concat([Buffer.from('a'), Buffer.alloc(count), Buffer.from(`b = ${TOKEN}\n`)]);
    expect(locate(bytes)).toMatchObject([{ secret: TOKEN, line: 1, column: 6 + count }]);
  });
});

describe('a mark before a text that is not in its encoding', () => {
  const marks = { 'UTF-16 LE': [0xff, 0xfe], 'UTF-16 BE': [0xfe, 0xff], 'UTF-32 BE': [0, 0, 0xfe, 0xff] };
  it.each(Object.entries(marks))('hides nothing: %s', (_, mark) => {
    for (const text of [`\nTOKEN=${TOKEN}\n`, TOKEN, `# Cl\u00E9 g\u00E9n\u00E9r\u00E9e\nTOKEN="${TOKEN}"`]) {
      const bytes = Buffer.concat([Buffer.from(mark), Buffer.from(text)]);
      expect(locate(bytes).map(({ secret }) => secret)).toEqual([TOKEN]);
    }
  });

  it.each([
    '設定ファイルの中に',
    'ここにかぎがありますからきをつけてください',
    '请不要把这个密钥提交到代码库',
  ])('is believed where it is: %s', (words) => {
    const text = `${words.repeat(300)}\n${words} "${TOKEN}"\n`;
    for (const encode of [utf16le, utf16be]) expect(locate(encode(MARK + text))).toEqual([expectAt(text)]);
  });
});

describe('text of one byte a unit and of two in one file', () => {
  const ascii = `HOST=localhost\nTOKEN=${TOKEN}\n`;
  const other = createToken('appended');
  it.each([
    ['appended, at an even place', Buffer.concat([Buffer.from(ascii), utf16le(`NEW="${other}"\r\n`)])],
    ['appended, at an odd place', Buffer.concat([Buffer.from(`A${ascii}`), utf16le(`NEW="${other}"\r\n`)])],
    ['appended to', Buffer.concat([utf16le(`NEW="${other}"\r\n`), Buffer.from(ascii)])],
    ['appended to, with a mark', Buffer.concat([utf16le(`${MARK}NEW="${other}"\r\n`), Buffer.from(ascii)])],
    ['behind a mark of UTF-8', Buffer.concat([Buffer.from(MARK), utf16le(`A="${TOKEN}" B="${other}"`)])],
    ['big end first', Buffer.concat([Buffer.from(ascii), utf16be(`NEW="${other}"\r\n`)])],
    ['a short line appended', Buffer.concat([Buffer.from(`${ascii}X=${other}\n`), utf16le('A=1\r\n')])],
  ])('are both read: %s', (_, bytes) => {
    const found = locate(bytes).map(({ secret }) => secret);
    expect(found.sort()).toEqual([TOKEN, other].sort());
  });

  const cut = createDefaultScanner({ capacityBytes: 64 * 1024 });
  const edges = [8192, 64 * 1024, 128 * 1024].flatMap((edge) =>
    Array.from({ length: 14 }, (_, index) => edge - 90 + index * 7),
  );
  it.each([
    ['of two', Buffer.from, utf16le],
    ['of two, big end first,', Buffer.from, utf16be],
    ['of one', utf16le, Buffer.from],
  ] as const)(
    'are both read where many bytes stand before what is appended: text %s',
    (_, encode, append) => {
      for (const length of edges) {
        const text = '. '.repeat(length).slice(0, encode === Buffer.from ? length : length >> 1);
        const bytes = Buffer.concat([encode(text), append(`\n${other}\n`), encode(`${TOKEN}\n`)]);
        for (const each of [scanner, cut]) {
          const found = findingsOf(scanBytes(each, bytes)).map(({ secret }) => secret);
          expect(found).toEqual([other, TOKEN]);
        }
      }
    },
  );

  it('stand on the lines that people count', () => {
    const bytes = Buffer.concat([Buffer.from('A=1\nHOST=a.long.name.example\n'), utf16le(`B=${TOKEN}\r\n`)]);
    expect(locate(bytes)).toMatchObject([{ line: 3, column: 3 }]);
  });
});

describe('a text whose lines end with NUL', () => {
  const password = createPassword('environment');
  const variables = ['PATH=/usr/bin:/bin', `DB_PASSWORD=${password}`, `SLACK=${TOKEN}`, 'A=1', 'B=2', 'C=3'];
  it.each([variables, variables.slice(0, 3)])('is read line by line', (...lines) => {
    const bytes = Buffer.from(lines.map((line) => `${line}\0`).join(''));
    const found = findingsOf(scanBytes(scanner, bytes)).map(({ secret, location }) => ({
      secret,
      line: location.startLine,
    }));
    expect(found).toEqual([
      { secret: password, line: 2 },
      { secret: TOKEN, line: 3 },
    ]);
  });
});

describe('a content that only begins like a binary one', () => {
  it.each(['%PDF-1.4\n', '\u007FELF', '\u001F\u008B\u0008', '\u0089PNG\r\n\u001A\n', 'RIFF', 'GIF89a'])(
    'is scanned: %j',
    (magic) => {
      const text = `config:\n  token: ${TOKEN}\n`;
      const bytes = Buffer.concat([Buffer.from(magic, 'latin1'), Buffer.from(text)]);
      expect(locate(bytes).map(({ secret }) => secret)).toEqual([TOKEN]);
    },
  );
});

describe('a binary content', () => {
  it('is skipped, and said to be', () => {
    const random = expandTemplate('<pem:3000>', { seed: 'binary' });
    const compressed = deflateRawSync(Buffer.from(random));
    const withoutArchives = createDefaultScanner({ archives: false });
    const heads = ['\u001F\u008B\u0008', '\u0089PNG\r\n\u001A\n', '\u007FELF\0\0\0\0\0\0\0'];
    for (const head of heads) {
      const bytes = Buffer.concat([Buffer.from(head, 'latin1'), compressed]);
      expect(scanBytes(withoutArchives, bytes)).toEqual({ status: 'skipped', reason: 'binary' });
    }
  });
});
