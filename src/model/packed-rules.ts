// The rules of a scan as one block of bytes. It crosses threads without a copy, and a rule is read when it is first
// asked for: most never are, and reading all of them takes longer than a small scan.
import type { RuleMatcher } from './rule.ts';

/** Plain data, in order of id. */
export interface PackedRules {
  readonly ids: readonly string[];
  /** Every rule as JSON, one behind the other. Shared memory where threads are to share it. */
  readonly bytes: Uint8Array;
  /** For each rule the offset behind it. */
  readonly ends: readonly number[];
  /** Longest reach of a rule, in bytes. */
  readonly maxReachBytes: number;
  /** Ids of those that know files by their names. */
  readonly ofFiles: readonly string[];
  /** Ids of those that judge how files of some names handle credentials. */
  readonly ofPosture: readonly string[];
  /** Ids of those that do not run. */
  readonly off: readonly string[];
}

export interface RuleTable {
  readonly ids: readonly string[];
  readonly maxReachBytes: number;
  /** The rule with an index; undefined for one that does not run. */
  at(index: number): RuleMatcher | undefined;
  /** The rule with an id; undefined for one that does not run, and for one that does not exist. */
  find(id: string): RuleMatcher | undefined;
  /** Those that know files by their names. */
  listOfFiles(): RuleMatcher[];
  /** Those that judge how files of some names handle credentials. */
  listOfPosture(): RuleMatcher[];
}

export function packRules(rules: readonly RuleMatcher[]): PackedRules {
  const texts = rules.map((rule) => Buffer.from(JSON.stringify(rule)));
  let end = 0;
  return {
    ids: rules.map(({ id }) => id),
    bytes: share(Buffer.concat(texts)),
    ends: texts.map(({ length }) => (end += length)),
    maxReachBytes: Math.max(0, ...rules.map(({ reach }) => reach)),
    ofFiles: rules.filter(({ files }) => files !== undefined).map(({ id }) => id),
    ofPosture: rules.filter(({ kind }) => kind === 'posture').map(({ id }) => id),
    off: [],
  };
}

/** A copy in memory that threads share. */
export function share(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

export function openRules(packed: PackedRules): RuleTable {
  const { ids, bytes, ends, maxReachBytes, ofFiles, ofPosture, off } = packed;
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const isOff = new Set(off);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read: (RuleMatcher | undefined)[] = [];
  const at = (index: number): RuleMatcher | undefined => {
    if (isOff.has(ids[index]!)) return undefined;
    return (read[index] ??= readRule(text.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index])));
  };
  const find = (id: string): RuleMatcher | undefined => {
    const index = indexes.get(id);
    return index === undefined ? undefined : at(index);
  };
  const list = (some: readonly string[]): RuleMatcher[] => some.flatMap((id) => find(id) ?? []);
  const [listOfFiles, listOfPosture] = [() => list(ofFiles), () => list(ofPosture)];
  return { ids, maxReachBytes, at, find, listOfFiles, listOfPosture };
}

/**
 * Every field of a rule. With it all rules are objects of one shape: V8 makes a shape for each object to which `{ ...known,
 * more }` adds a field, and code that meets many shapes is slow. See docs/performance.md.
 */
const FIELDS: Readonly<Record<keyof RuleMatcher, undefined>> = {
  id: undefined,
  provider: undefined,
  kind: undefined,
  shape: undefined,
  keywords: undefined,
  pattern: undefined,
  ignoreCase: undefined,
  lookback: undefined,
  reach: undefined,
  assigned: undefined,
  literal: undefined,
  valueRun: undefined,
  beforeKeyword: undefined,
  afterKeyword: undefined,
  entropy: undefined,
  checksum: undefined,
  severity: undefined,
  confidence: undefined,
  lifetime: undefined,
  identity: undefined,
  opensSecrets: undefined,
  requires: undefined,
  files: undefined,
  posture: undefined,
};

function readRule(text: string): RuleMatcher {
  return { ...FIELDS, ...(JSON.parse(text) as RuleMatcher) } as RuleMatcher;
}

/** Every rule that runs. */
export function listRules(rules: PackedRules): RuleMatcher[] {
  const table = openRules(rules);
  return rules.ids.flatMap((_, index) => table.at(index) ?? []);
}
