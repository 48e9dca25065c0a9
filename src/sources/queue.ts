// First in, first out; taking is cheap however many wait.

export interface Queue<V> {
  readonly length: number;
  push(value: V): void;
  shift(): V | undefined;
  toArray(): V[];
  clear(): void;
}

export function createQueue<V>(): Queue<V> {
  let values: V[] = [];
  let taken = 0;
  return {
    get length() {
      return values.length - taken;
    },
    push: (value) => values.push(value),
    shift: () => {
      const value = values[taken];
      if (taken < values.length) taken++;
      if (taken > 1024 && taken * 2 > values.length) [values, taken] = [values.slice(taken), 0];
      return value;
    },
    toArray: () => values.slice(taken),
    clear: () => {
      [values, taken] = [[], 0];
    },
  };
}
