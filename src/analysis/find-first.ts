// Search in what is sorted.

/** Index of the first element of which `isBehind` is true, as it is of all that follow; the length where there is none. */
export function findFirst<T>(sorted: readonly T[], isBehind: (element: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBehind(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
