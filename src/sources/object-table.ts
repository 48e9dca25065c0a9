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
  const key = new Uint32Array(words);
  const idBytes = Buffer.alloc(key.byteLength);
  const slots = createSlots(words);
  return {
    get size() {
      return slots.size();
    },
    add: (bytes, at) => {
      readKey(bytes, at, key);
      return slots.add(key);
    },
    find: (id) => {
      if (id.length !== digits) return -1;
      readKey(Buffer.from(id, 'latin1'), 0, key);
      return slots.find(key);
    },
    idOf: (index) => {
      slots.keyOf(index).forEach((word, at) => idBytes.writeUInt32BE(word, at * 4));
      return idBytes.toString('hex');
    },
  };
}

interface Slots {
  size(): number;
  find(key: Uint32Array): number;
  add(key: Uint32Array): number;
  keyOf(index: number): Uint32Array;
}

/** A hash table with open addressing: keys lie side by side, slots hold their indices. */
function createSlots(words: number): Slots {
  // The multiplier is drawn by lot, so that no repository can make all its ids meet in one slot.
  const multiplier = randomBytes(4).readUInt32LE() | 1;
  let keys = new Uint32Array(INITIAL_SLOTS * words);
  let slots = new Int32Array(INITIAL_SLOTS * 2).fill(-1);
  let size = 0;
  const slotOf = (from: Uint32Array, start: number): number => {
    let hash = 0;
    for (let word = 0; word < words; word++) hash = Math.imul(hash ^ from[start + word]!, multiplier);
    return ((hash ^ (hash >>> 15)) >>> 0) & (slots.length - 1);
  };
  const isAt = (index: number, key: Uint32Array): boolean => {
    for (let word = 0; word < words; word++) if (keys[index * words + word] !== key[word]) return false;
    return true;
  };
  /** The slot that holds the key, or the free one where it belongs. */
  const findSlot = (key: Uint32Array): number => {
    let slot = slotOf(key, 0);
    while (slots[slot] !== -1 && !isAt(slots[slot]!, key)) slot = (slot + 1) & (slots.length - 1);
    return slot;
  };
  const grow = (): void => {
    const more = new Uint32Array(keys.length * 2);
    more.set(keys);
    keys = more;
    slots = new Int32Array(slots.length * 2).fill(-1);
    for (let index = 0; index < size; index++) {
      let slot = slotOf(keys, index * words);
      while (slots[slot] !== -1) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = index;
    }
  };
  return {
    size: () => size,
    find: (key) => slots[findSlot(key)]!,
    keyOf: (index) => keys.subarray(index * words, (index + 1) * words),
    add: (key) => {
      const slot = findSlot(key);
      if (slots[slot] !== -1) return slots[slot]!;
      keys.set(key, size * words);
      slots[slot] = size++;
      if (size * words === keys.length) grow();
      return size - 1;
    },
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
