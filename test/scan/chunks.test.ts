// Contents larger than the scanner's buffer: how they are cut changes nothing.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPassword, createToken } from '../sample-secrets.ts';
import { createDefaultScanner, gather, scanBytes } from './scan-bytes.ts';

const CAPACITY_BYTES = 64 * 1024;
const whole = createDefaultScanner({ capacityBytes: 1024 * 1024 });
const cut = createDefaultScanner({ capacityBytes: CAPACITY_BYTES });

/** Line hashes need the whole text: only its first chunk has them. What is told of a chunk comes before the next. */
function describeScan(scanner: typeof cut, bytes: Uint8Array): unknown {
  const { findings, suppressed, slots } = gather(scanBytes(scanner, bytes));
  const refused = [...suppressed].sort(
    ({ finding: { location: a } }, { finding: { location: b } }) =>
      a.startLine - b.startLine || a.startColumn - b.startColumn,
  );
  const places = [...slots].sort((a, b) => a.startLine - b.startLine);
  const reported = findings.map((finding) => ({ ...finding, lineHash: undefined }));
  return { findings: reported, suppressed: refused, slots: places };
}

const LINES = [
  'plain words of no meaning\n',
  '漢字 😀 é\r\n',
  'lone\r',
  `slack = "${createToken('chunk a')}"\n`,
  `db_password = "${createPassword('chunk b')}"\n`,
  `x = "${createToken('chunk c')}" # nhi-scan:allow -- sample\n`,
  'token = os.environ["TOKEN"]\n',
  `${'-'.repeat(700)}\n`,
];

describe('chunks', () => {
  it('change nothing, wherever they end', () => {
    const blocks = fc.array(fc.tuple(fc.constantFrom(...LINES), fc.integer({ min: 1, max: 400 })), {
      minLength: 30,
      maxLength: 60,
    });
    fc.assert(
      fc.property(blocks, (parts) => {
        const bytes = Buffer.from(parts.map(([line, times]) => line + LINES[0]!.repeat(times)).join(''));
        expect(describeScan(cut, bytes)).toEqual(describeScan(whole, bytes));
      }),
      { numRuns: 15 },
    );
  });

  // One rule sees the read as a whole, another one the name in it, twelve bytes further on.
  it.each([0, 9, 18])('part no slot that two rules see, with the edge at its byte %i', (pad) => {
    const reads = 'token = os.environ["TOKEN"]\n'.repeat(CAPACITY_BYTES / 32);
    const bytes = Buffer.from(
      `${LINES[0]!.repeat(600)}${' '.repeat(pad)}\n${reads}${LINES[0]!.repeat(2000)}`,
    );
    expect(gather(scanBytes(cut, bytes)).slots).toHaveLength(CAPACITY_BYTES / 32);
  });

  it('lose no token that lies across an edge, and report none twice', () => {
    const token = createToken('edge');
    const text = ` ${token} `;
    const filler = '. '.repeat(2 * CAPACITY_BYTES);
    for (let start = CAPACITY_BYTES - text.length - 2; start <= CAPACITY_BYTES + 2; start++) {
      const bytes = Buffer.from(filler.slice(0, start) + text + filler.slice(start));
      const found = gather(scanBytes(cut, bytes)).findings.map(({ secret, location }) => [
        secret,
        location.startColumn,
      ]);
      expect(found).toEqual([[token, start + 2]]);
    }
  });
});
