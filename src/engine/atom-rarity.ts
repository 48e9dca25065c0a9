// Which four bytes of a keyword are rarest in source text: the fewer windows pass for it, the faster the filter.
import { COMMON_GRAMS } from './common-grams.ts';

export const ATOM_BYTES = 4;

// Among sequences that are all rare, letters that are rare by themselves decide: rough, but `xoxb` beats `tion`.
const SURPRISE: ReadonlyMap<string, number> = new Map(
  [...'etaonisrlcdpumfgybhvkxwjqz'].map((letter, rank) => [letter, 3 + rank * 0.22]),
);
const SURPRISE_OF_OTHER = 6;
/** One level of a measured frequency outweighs any letters. */
const LEVEL_WEIGHT = 100;

let levels: Map<string, number> | undefined;

/** Offset of the rarest atom of a keyword of at least `ATOM_BYTES` bytes. */
export function findRarestAtom(keyword: string): number {
  levels ??= readLevels();
  const folded = keyword.toLowerCase();
  let best = 0;
  let bestRarity = -Infinity;
  for (let offset = 0; offset + ATOM_BYTES <= folded.length; offset++) {
    const gram = folded.slice(offset, offset + ATOM_BYTES);
    let rarity = -(levels.get(gram) ?? 0) * LEVEL_WEIGHT;
    for (const character of gram) rarity += SURPRISE.get(character) ?? SURPRISE_OF_OTHER;
    if (rarity > bestRarity) [best, bestRarity] = [offset, rarity];
  }
  return best;
}

function readLevels(): Map<string, number> {
  const read = new Map<string, number>();
  for (const [level, grams] of COMMON_GRAMS) {
    for (let at = 0; at < grams.length; at += ATOM_BYTES) read.set(grams.slice(at, at + ATOM_BYTES), level);
  }
  return read;
}
