// Finds what stands near a secret: in its own text, in its captures, or in the lines around it.
import type { IdentityInput } from './decoder.ts';

/**
 * The first match in the secret or its captures, or else the one in the context that is nearest to the secret.
 * @param pattern global and bounded
 */
export function findNearest(input: IdentityInput, pattern: RegExp): RegExpExecArray | undefined {
  for (const text of [input.secret, ...Object.values(input.captures)]) {
    const own = text.matchAll(pattern).next().value;
    if (own) return own;
  }
  const place = placeOf(input);
  let nearest: RegExpExecArray | undefined;
  for (const found of input.context.matchAll(pattern)) {
    if (nearest && Math.abs(found.index - place) >= Math.abs(nearest.index - place)) continue;
    nearest = found;
  }
  return nearest;
}

/** Characters on either side of the secret that `runAround` looks at. */
const MAX_RUN_LENGTH = 2048;

/** The secret with the text on either side of it up to the nearest character that `stop` names. */
export function runAround(input: IdentityInput, stop: RegExp): string {
  const start = input.context.indexOf(input.secret);
  if (start < 0) return input.secret;
  const end = start + input.secret.length;
  const before = input.context.slice(Math.max(0, start - MAX_RUN_LENGTH), start).split(stop);
  const after = input.context.slice(end, end + MAX_RUN_LENGTH).split(stop, 1);
  return before.at(-1)! + input.secret + after[0]!;
}

// A secret that was decoded does not stand in its context; the context lies around it all the same.
function placeOf({ secret, context }: IdentityInput): number {
  const place = context.indexOf(secret);
  return place < 0 ? context.length / 2 : place;
}
