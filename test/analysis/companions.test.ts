// The other part of a composite credential is the nearest one within the lines and bytes that a rule allows.
import { describe, expect, it } from 'vitest';
import type { Companions } from '../../src/analysis/companions.ts';
import { COMPANION_BYTES, createFindNear, findCompanions } from '../../src/analysis/companions.ts';
import { createLineTracker } from '../../src/analysis/line-tracker.ts';
import type { Requirement } from '../../src/model/rule.ts';
import { buildCandidate, buildMatch } from './build-candidate.ts';

function find(text: string, requires: readonly Requirement[]): Companions {
  const bytes = Buffer.from(text);
  const candidate = buildCandidate(text, 'SECRET', { rule: { requires }, path: 'app.env' });
  // `id-…` is a match of the rule `id`, `host-…` of the rule `host`.
  const matches = [...text.matchAll(/(id|host)-\w+/g)].map((found) => ({
    ...buildMatch(found[1]!, { start: found.index, end: found.index + found[0].length }),
    secret: found[0],
  }));
  return findCompanions(candidate, createFindNear(matches), createLineTracker(bytes));
}

const ID: Requirement = { rule: 'id', withinLines: 2, optional: false };
const HOST: Requirement = { rule: 'host', withinLines: 2, optional: true };
const FAR = '\n'.repeat(3);

describe('findCompanions', () => {
  it.each([
    ['on the same line', 'id-1 SECRET', 'id-1', 1],
    ['on a line before', 'id-1\n\nSECRET', 'id-1', 1],
    ['on a line after', 'SECRET\n\nid-1', 'id-1', 3],
    ['that is nearest', 'id-1\nid-2\nSECRET\n\nid-3', 'id-2', 2],
    ['that is near enough, past one that is not', `id-1${FAR}SECRET aaaaaaaaaaaaaaa\nid-2`, 'id-2', 5],
  ])('finds the part %s', (...[, text, secret, startLine]) => {
    expect(find(text, [ID])).toEqual({
      related: [{ relation: 'part', ruleId: 'id', path: 'app.env', startLine }],
      missing: [],
      values: { id: secret },
    });
  });

  it.each([
    ['is not there', 'SECRET'],
    ['is of another rule', 'host-1 SECRET'],
    ['stands too many lines away', `id-1${FAR}SECRET`],
    ['stands too many bytes away', `id-1 ${'x'.repeat(COMPANION_BYTES)} SECRET`],
  ])('misses a part that %s', (_, text) => {
    expect(find(text, [ID])).toEqual({ related: [], missing: ['id'], values: {} });
  });

  it('does without an optional part, and names it where it is', () => {
    expect(find('SECRET', [HOST])).toEqual({ related: [], missing: [], values: {} });
    expect(find('host-1 SECRET', [ID, HOST])).toMatchObject({ missing: ['id'], values: { host: 'host-1' } });
  });
});
