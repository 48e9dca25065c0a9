// Shannon entropy: a value that repeats itself is no random key.
import type { Check } from './check.ts';

/** Shannon entropy of the characters of `text`, in bits per character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let total = 0;
  for (const count of counts.values()) total += count;
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / total) * Math.log2(count / total);
  return entropy;
}

export const failsEntropy: Check = ({ rule, value }) => {
  if (rule.entropy === undefined) return undefined;
  const entropy = entropyOf(value);
  if (entropy >= rule.entropy) return undefined;
  return {
    by: 'entropy',
    because: `its entropy of ${entropy.toFixed(1)} bits per character is below the rule's ${rule.entropy}`,
  };
};
