// Latin1 text of the buffer around a hit: one character a byte, so offsets in text and bytes agree.

/** Text decoded at a time: hits often come close together, and most files have few. */
const BLOCK_BYTES = 8 * 1024;

export interface TextWindow {
  /** The text that holds at least [from, to), and the offset at which it begins. */
  cover(from: number, to: number): string;
  /** Offset in the buffer of the first character of what `cover` returned last. */
  readonly base: number;
  /** Forgets the text, as the buffer holds other bytes now; `end` is where they end. */
  reset(end: number): void;
}

export function createTextWindow(bytes: Uint8Array): TextWindow {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  let base = 0;
  let end = 0;
  return {
    cover: (from, to) => {
      if (from < base || Math.min(to, end) > base + text.length) {
        base = end <= BLOCK_BYTES ? 0 : from;
        text = buffer.toString('latin1', base, Math.min(end, Math.max(to, base + BLOCK_BYTES)));
      }
      return text;
    },
    get base() {
      return base;
    },
    reset: (newEnd) => {
      text = '';
      base = 0;
      end = newEnd;
    },
  };
}
