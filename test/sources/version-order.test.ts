import { describe, expect, it } from 'vitest';
import type { ObjectRequest } from '../../src/sources/object-reader.ts';
import { createVersionOrder } from '../../src/sources/version-order.ts';

type Request = ObjectRequest<{ path: string }>;

function createReader(): {
  asked: string[][];
  pending: number;
  ask: (requests: readonly Request[]) => Promise<void>;
} {
  const asked: string[][] = [];
  return {
    asked,
    pending: 0,
    ask: async (requests) => {
      asked.push(requests.map(({ id }) => id));
    },
  };
}

const pathOf = ({ path }: { path: string }): string => path;
const version = (path: string, id: string): Request => ({ id, tag: { path } });
const many = (count: number): Request[] =>
  Array.from({ length: count }, (_, index) => version(`${index}`, `${index}`));

describe('the order of versions', () => {
  it('brings those of a file together, the oldest first', async () => {
    const reader = createReader();
    const order = createVersionOrder(reader, pathOf);
    await order.add([version('a', 'a3'), version('b', 'b2'), version('a', 'a2')]);
    await order.add([version('c', 'c1'), version('b', 'b1'), version('a', 'a1')]);
    expect(reader.asked).toEqual([]);
    await order.flush();
    expect(reader.asked).toEqual([['a1', 'a2', 'a3', 'b1', 'b2', 'c1']]);
  });

  it('asks for each once', async () => {
    const reader = createReader();
    const order = createVersionOrder(reader, pathOf);
    await order.add([version('a', '1')]);
    await order.flush();
    await order.add([version('a', '2')]);
    await order.flush();
    expect(reader.asked).toEqual([['1'], ['2']]);
  });

  it('lets a reader wait for no more than a few, and one that is busy for many', async () => {
    const reader = createReader();
    const order = createVersionOrder(reader, pathOf);
    await order.add(many(300));
    expect(reader.asked.map((ids) => ids.length)).toEqual([300]);
    reader.pending = 300;
    await order.add(many(300));
    expect(reader.asked).toHaveLength(1);
    reader.pending = 200;
    await order.add(many(1));
    expect(reader.asked.map((ids) => ids.length)).toEqual([300, 301]);
    reader.pending = 8000;
    await order.add(many(40_000));
    expect(reader.asked.map((ids) => ids.length)).toEqual([300, 301, 40_000]);
  });
});
