// What a scan of a container hands on: its texts, its problems, and how much of it was read.
import { displayPath } from '../../src/model/blob.ts';
import type { InputOutcome } from '../../src/scan/outcome.ts';
import { scanContainer } from '../../src/scan/scan-container.ts';
import { createBytesSource } from '../../src/sources/archives/container.ts';

export interface Seen {
  readonly outcome: InputOutcome | undefined;
  /** Texts by path, as far as they were read. */
  readonly texts: Record<string, string>;
  readonly problems: readonly string[];
  readonly members: number;
  readonly bytes: number;
}

export function lookInto(bytes: Uint8Array, path = 'a.bin', keptBytes = 1000): Seen {
  const texts: Record<string, string> = {};
  let [members, total] = [0, 0];
  const outcome = scanContainer(
    { source: createBytesSource(bytes), provenance: { kind: 'file', path }, isText: false },
    {
      scanText: (provenance, read) => {
        const target = new Uint8Array(4096);
        let [text, size] = ['', 0];
        for (let count = target.length; count === target.length; size += count) {
          count = read(target);
          if (text.length < keptBytes) text += Buffer.from(target.subarray(0, count)).toString('utf8');
        }
        total += size;
        if (size > 0) texts[displayPath(provenance)] = text.slice(0, keptBytes);
        return { analyses: [], bytes: size, diagnostics: [] };
      },
      onStep: () => members++,
    },
  );
  const diagnostics = outcome?.status === 'scanned' ? outcome.diagnostics : [];
  const problems = diagnostics.map(({ level, subject, message }) => `${level} ${subject}: ${message}`);
  return { outcome, texts, problems, members, bytes: total };
}
