// Many object ids in little memory: each has an index, in the order in which they were added.
import { randomBytes } from 'node:crypto';

export interface ObjectTable {
  readonly size: number;
  /**
   * The index of an id, which is added if it is new.
   * @param bytes the id as hexadecimal digits, beginning at `at`
   */
  add(bytes: Uint8Array, at: number): number;
  /** -1 where the id is not in the table. */
  find(id: string): number;
  /** The id, in hexadecimal digits. */
  idOf(index: number): string;
}

const INITIAL_SLOTS = 1024;
const DIGITS_PER_WORD = 8;

/** @param digits hexadecimal digits of an id: 40 for SHA-1, 64 for SHA-256 */
export function createObjectTable(digits: number): ObjectTable {
  const words = digits / DIGITS_PER_WORD;
  // The multiplier is drawn by lot, so that no repository can make all its ids meet in one slot.
  const multiplier = randomBytes(4).readUInt32LE() | 1;
  const key = new Uint32Array(words);
  let ids = new Uint32Array(INITIAL_SLOTS * words);
  let slots = new Int32Array(INITIAL_SLOTS * 2).fill(-1);
  let size = 0;

  const slotOf = (from: Uint32Array, start: number): number => {
    let hash = 0;
    for (let word = 0; word < words; word++) hash = Math.imul(hash ^ from[start + word]!, multiplier);
    return ((hash ^ (hash >>> 15)) >>> 0) & (slots.length - 1);
  };
  const holdsKey = (index: number): boolean => {
    for (let word = 0; word < words; word++) if (ids[index * words + word] !== key[word]) return false;
    return true;
  };
  /** The slot that holds the key, or the free one where it belongs. */
  const findSlot = (): number => {
    let slot = slotOf(key, 0);
    while (slots[slot] !== -1 && !holdsKey(slots[slot]!)) slot = (slot + 1) & (slots.length - 1);
    return slot;
  };
  const grow = (): void => {
    const more = new Uint32Array(ids.length * 2);
    more.set(ids);
    ids = more;
    slots = new Int32Array(slots.length * 2).fill(-1);
    for (let index = 0; index < size; index++) {
      let slot = slotOf(ids, index * words);
      while (slots[slot] !== -1) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = index;
    }
  };
  return {
    get size() {
      return size;
    },
    add: (bytes, at) => {
      readKey(bytes, at, key);
      const slot = findSlot();
      if (slots[slot] !== -1) return slots[slot]!;
      ids.set(key, size * words);
      slots[slot] = size++;
      if (size * words === ids.length) grow();
      return size - 1;
    },
    find: (id) => {
      if (id.length !== digits) return -1;
      readKey(Buffer.from(id, 'latin1'), 0, key);
      return slots[findSlot()]!;
    },
    idOf: (index) =>
      Array.from(ids.subarray(index * words, (index + 1) * words), (word) =>
        word.toString(16).padStart(DIGITS_PER_WORD, '0'),
      ).join(''),
  };
}

function readKey(bytes: Uint8Array, at: number, key: Uint32Array): void {
  let offset = at;
  for (let word = 0; word < key.length; word++) {
    let value = 0;
    for (let digit = 0; digit < DIGITS_PER_WORD; digit++) {
      const code = bytes[offset++]!;
      // '0'–'9' are 0x30–0x39, 'a'–'f' are 0x61–0x66.
      value = (value << 4) | (code < 0x3a ? code & 0xf : (code & 0xf) + 9);
    }
    key[word] = value;
  }
}
