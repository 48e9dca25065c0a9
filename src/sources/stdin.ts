// Standard input, to its end, under a name that the user gives.
import type { Readable } from 'node:stream';
import type { Listing } from './input.ts';
import { createLedger } from './input.ts';

/** More than this is not held in memory. */
const MAX_STDIN_BYTES = 1024 * 1024 * 1024;

export interface StdinOptions {
  readonly stream: Readable;
  /** Path that findings are reported under. */
  readonly name: string;
}

/** Input that ends early because of its size makes the listing incomplete, and says so. */
export async function listStdin({ stream, name }: StdinOptions): Promise<Listing> {
  const ledger = createLedger();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size <= MAX_STDIN_BYTES) continue;
    const message = `only the first ${MAX_STDIN_BYTES} bytes of standard input were scanned`;
    ledger.diagnostics.push({ level: 'error', subject: name, message });
    break;
  }
  const bytes = Buffer.concat(chunks, Math.min(size, MAX_STDIN_BYTES));
  const inputs = [{ kind: 'bytes' as const, provenance: { kind: 'stdin' as const, path: name }, bytes }];
  return { ...ledger, inputs };
}
