// Scores findings against labels by the conventions of the corpus: per line, per value and per category.
import type { LabelRow, Spot, Truth } from './corpus.ts';

/** A labelled range of lines with its rows. */
interface Group {
  readonly start: number;
  readonly end: number;
  readonly rows: LabelRow[];
  kind: Truth;
  isHit: boolean;
}

/** One credential of the strict table: rows whose spans overlap are one. */
interface Value {
  readonly group: Group;
  readonly spans: { start: number; end: number }[];
  isHit: boolean;
}

export interface Counts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

export interface CategoryCounts {
  credentials: number;
  found: number;
  others: number;
  charged: number;
}

export interface Scores {
  readonly tables: Readonly<Record<'line' | 'line-x' | 'line+u' | 'value', Counts>>;
  readonly categories: ReadonlyMap<string, CategoryCounts>;
  readonly missed: readonly LabelRow[];
  /** Negative labels that were hit, with the finding that did. */
  readonly charged: readonly { readonly row: LabelRow; readonly spot: Spot }[];
}

const RANK: readonly Truth[] = ['T', 'N', 'F', 'X'];

export function scoreFindings(labels: readonly LabelRow[], spots: readonly Spot[]): Scores {
  const spotsByPath = groupBy(spots, ({ path }) => path);
  const total = createTally();
  for (const [path, rows] of groupBy(labels, (row) => row.path)) {
    scoreFile(rows, distinct(spotsByPath.get(path) ?? []), total);
  }
  const { n, h } = total;
  const wrong = h.F + h.X;
  return {
    tables: {
      line: { truePositives: h.T, falsePositives: wrong, falseNegatives: n.T - h.T },
      'line-x': { truePositives: h.T, falsePositives: h.F, falseNegatives: n.T - h.T },
      'line+u': { truePositives: h.T, falsePositives: wrong + total.unlabelled, falseNegatives: n.T - h.T },
      value: {
        truePositives: total.valuesHit,
        falsePositives: total.valuesWrong,
        falseNegatives: total.values - total.valuesHit,
      },
    },
    categories: total.categories,
    missed: total.missed,
    charged: total.charged,
  };
}

interface Tally {
  readonly n: Record<Truth, number>;
  readonly h: Record<Truth, number>;
  unlabelled: number;
  values: number;
  valuesHit: number;
  valuesWrong: number;
  readonly categories: Map<string, CategoryCounts>;
  readonly missed: LabelRow[];
  readonly charged: { row: LabelRow; spot: Spot }[];
}

function createTally(): Tally {
  return {
    n: { T: 0, F: 0, X: 0, N: 0 },
    h: { T: 0, F: 0, X: 0, N: 0 },
    unlabelled: 0,
    values: 0,
    valuesHit: 0,
    valuesWrong: 0,
    categories: new Map(),
    missed: [],
    charged: [],
  };
}

function scoreFile(rows: readonly LabelRow[], spots: readonly Spot[], total: Tally): void {
  const groups = toGroups(rows);
  const values = groups.flatMap(toValues);
  const rowsHit = new Set<LabelRow>();
  const unlabelled = new Set<number>();
  const wrongValues = new Set<string>();
  for (const spot of spots) {
    const touched = groups.filter((group) => group.start <= spot.endLine && group.end >= spot.line);
    hitGroups(touched, spot, total);
    if (touched.length === 0) unlabelled.add(spot.line);
    const hit = touched.flatMap((group) => group.rows).filter((row) => !missesSpan(row, spot));
    for (const row of hit) rowsHit.add(row);
    const claimed = claimValues(values, spot);
    for (const value of claimed) value.isHit = true;
    const isNeutral = hit.some(({ gt }) => gt === 'N');
    if (claimed.length === 0 && !isNeutral) wrongValues.add(`${spot.line}:${spot.startColumn}`);
  }
  countGroups(groups, total);
  total.unlabelled += unlabelled.size;
  total.values += values.length;
  total.valuesHit += values.filter(({ isHit }) => isHit).length;
  total.valuesWrong += wrongValues.size;
  countCategories(rows, rowsHit, total.categories);
}

function countGroups(groups: readonly Group[], total: Tally): void {
  for (const group of groups) {
    total.n[group.kind]++;
    if (group.isHit) total.h[group.kind]++;
    if (group.kind === 'T' && !group.isHit) total.missed.push(group.rows.find(({ gt }) => gt === 'T')!);
  }
}

function toGroups(rows: readonly LabelRow[]): Group[] {
  return [...groupBy(rows, (row) => `${row.line_start}-${row.line_end}`).values()].map((own) => ({
    start: own[0]!.line_start,
    end: own[0]!.line_end,
    rows: own,
    kind: RANK.find((truth) => own.some(({ gt }) => gt === truth))!,
    isHit: false,
  }));
}

/** A negative group beside a positive one that the same finding hits is not charged. */
function hitGroups(touched: readonly Group[], spot: Spot, total: Tally): void {
  const positive = touched.filter(({ kind }) => kind === 'T');
  for (const group of touched) {
    const isExcused =
      group.kind !== 'T' && positive.some(({ start, end }) => start <= group.end && end >= group.start);
    if (isExcused) continue;
    if (group.kind !== 'T' && group.kind !== 'N' && !group.isHit) {
      total.charged.push({ row: group.rows[0]!, spot });
    }
    group.isHit = true;
  }
}

function toValues(group: Group): Value[] {
  const credentials = group.rows.filter(({ gt }) => gt === 'T');
  const spans = credentials
    .filter(hasSpan)
    .map((row) => ({ start: row.value_start, end: row.value_end }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const values: (Value & { end: number })[] = [];
  for (const span of spans) {
    const last = values.at(-1);
    if (last && span.start < last.end) {
      last.spans.push(span);
      last.end = Math.max(last.end, span.end);
    } else values.push({ group, spans: [span], end: span.end, isHit: false });
  }
  if (credentials.length > 0 && spans.length === 0) values.push({ group, spans: [], end: 0, isHit: false });
  return values;
}

function hasSpan(row: LabelRow): boolean {
  return row.line_start === row.line_end && row.value_start >= 0 && row.value_start < row.value_end;
}

function missesSpan(row: LabelRow, spot: Spot): boolean {
  if (spot.line !== spot.endLine || !hasSpan(row)) return false;
  return Math.max(spot.startColumn, row.value_start) >= Math.min(endOf(spot), row.value_end);
}

/** A finding covers at least half of the value that it claims. */
function claimValues(values: readonly Value[], spot: Spot): Value[] {
  return values.filter(({ group, spans }) => {
    const isOneLine = group.start === group.end;
    const isThere = isOneLine
      ? group.start >= spot.line && group.start <= spot.endLine
      : group.start <= spot.line && spot.line <= group.end;
    if (!isThere || spot.line !== spot.endLine || !isOneLine || spans.length === 0) return isThere;
    return spans.some(
      ({ start, end }) => 2 * (Math.min(endOf(spot), end) - Math.max(spot.startColumn, start)) >= end - start,
    );
  });
}

function endOf({ startColumn, endColumn }: Spot): number {
  return Math.max(endColumn, startColumn + 1);
}

function countCategories(
  rows: readonly LabelRow[],
  hit: ReadonlySet<LabelRow>,
  categories: Map<string, CategoryCounts>,
): void {
  for (const row of rows) {
    for (const category of row.category.split(':')) {
      const counts = categories.get(category) ?? { credentials: 0, found: 0, others: 0, charged: 0 };
      categories.set(category, counts);
      if (row.gt === 'T') {
        counts.credentials++;
        if (hit.has(row)) counts.found++;
      } else if (row.gt !== 'N') {
        counts.others++;
        if (hit.has(row)) counts.charged++;
      }
    }
  }
}

/** Sorted and without doubles, as the scorer of the corpus reads them. */
function distinct(spots: readonly Spot[]): Spot[] {
  const byKey = new Map(
    spots.map((spot) => [`${spot.line}:${spot.endLine}:${spot.startColumn}:${spot.endColumn}`, spot]),
  );
  return [...byKey.values()].sort(
    (a, b) =>
      a.line - b.line || a.endLine - b.endLine || a.startColumn - b.startColumn || a.endColumn - b.endColumn,
  );
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

export function rates({ truePositives, falsePositives, falseNegatives }: Counts): {
  precision: number;
  recall: number;
  f1: number;
} {
  const precision = truePositives / Math.max(1, truePositives + falsePositives);
  const recall = truePositives / Math.max(1, truePositives + falseNegatives);
  return { precision, recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall) };
}
