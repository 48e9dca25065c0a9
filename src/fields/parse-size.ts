// Sizes as people write them: bytes, or a number with K, M or G.

const FACTORS: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** The size in bytes, or undefined for what is no size. `10M` is 10 × 1024 × 1024. */
export function parseSize(text: string): number | undefined {
  const found = /^(\d{1,15})\s?([KMG]?)(?:i?B)?$/i.exec(text.trim());
  if (!found) return undefined;
  const bytes = Number(found[1]) * FACTORS[found[2]!.toUpperCase()]!;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
