// The scorer: what counts as found, as wrong, and as neither.
import { describe, expect, it } from 'vitest';
import type { LabelRow, Spot } from '../../../bench/eval/corpus.ts';
import { createLocator } from '../../../bench/eval/corpus.ts';
import { rates, scoreFindings } from '../../../bench/eval/score.ts';

const PATH = 'data/0a/a.py';

function row(line: number, gt: LabelRow['gt'], span: [number, number] = [-1, -1]): LabelRow {
  const [value_start, value_end] = span;
  return {
    repo: '0a',
    path: PATH,
    line_start: line,
    line_end: line,
    gt,
    value_start,
    value_end,
    category: 'Password',
  };
}

function spot(line: number, startColumn: number, endColumn: number): Spot {
  return { path: PATH, line, endLine: line, startColumn, endColumn };
}

describe('scoreFindings', () => {
  const labels = [
    row(1, 'T', [10, 20]),
    row(2, 'T', [5, 15]),
    row(3, 'F'),
    row(4, 'X', [5, 9]),
    row(5, 'N', [5, 9]),
  ];

  it('counts lines', () => {
    const { tables } = scoreFindings(labels, [spot(1, 10, 20), spot(3, 0, 5), spot(4, 5, 9), spot(9, 0, 4)]);
    expect(tables.line).toEqual({ truePositives: 1, falsePositives: 2, falseNegatives: 1 });
    expect(tables['line-x'].falsePositives).toBe(1);
    expect(tables['line+u'].falsePositives).toBe(3);
  });

  it('wants half of a value', () => {
    const half = scoreFindings(labels, [spot(1, 15, 30)]).tables.value;
    expect(half).toEqual({ truePositives: 1, falsePositives: 0, falseNegatives: 1 });
    const less = scoreFindings(labels, [spot(1, 16, 30)]).tables.value;
    expect(less).toEqual({ truePositives: 0, falsePositives: 1, falseNegatives: 2 });
  });

  it('neither rewards nor charges neutral rows', () => {
    const { tables } = scoreFindings(labels, [spot(5, 5, 9)]);
    expect(tables.line).toEqual({ truePositives: 0, falsePositives: 0, falseNegatives: 2 });
    expect(tables.value.falsePositives).toBe(0);
  });

  it('merges identical findings', () => {
    const { tables } = scoreFindings(labels, [spot(2, 5, 15), spot(2, 5, 15)]);
    expect(tables.value).toEqual({ truePositives: 1, falsePositives: 0, falseNegatives: 1 });
  });

  it('gives precision, recall and F1', () => {
    const { precision, recall, f1 } = rates({ truePositives: 6, falsePositives: 2, falseNegatives: 6 });
    expect([precision, recall, f1]).toEqual([0.75, 0.5, 0.6]);
  });
});

it('columns count code points', () => {
  const bytes = Buffer.from('é😀=abc\nx=y\n');
  const locate = createLocator(PATH, bytes);
  expect(locate(7, 10)).toEqual({ path: PATH, line: 1, endLine: 1, startColumn: 3, endColumn: 6 });
  expect(locate(13, 14)).toEqual({ path: PATH, line: 2, endLine: 2, startColumn: 2, endColumn: 3 });
});
