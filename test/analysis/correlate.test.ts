// One secret in several places: its findings name each other, and the standards take note of files and environments.
import { describe, expect, it } from 'vitest';
import { relateReuse } from '../../src/analysis/correlate.ts';
import type { Finding } from '../../src/model/finding.ts';
import { mapStandards } from '../../src/standards/map-standards.ts';

function finding(fingerprint: string, path: string, startLine = 1): Finding {
  const standards = mapStandards({
    ruleId: 'r',
    state: 'hardcoded',
    place: 'code',
    path,
    lifetime: 'unknown',
    flags: [],
  });
  return {
    fingerprint,
    ruleId: 'r',
    location: { path, startLine },
    related: [],
    standards,
  } as unknown as Finding;
}

function idsOf(paths: readonly string[]): readonly string[] {
  return relateReuse(paths.map((path) => finding('a', path)))[0]!.standards.owaspNhi2025;
}

describe('relateReuse', () => {
  it('names the other places of a secret, and those alone', () => {
    const related = relateReuse([finding('a', 'x', 3), finding('b', 'y'), finding('a', 'z', 5)]).map((one) =>
      one.related.map(({ relation, path, startLine }) => `${relation} ${path}:${startLine}`),
    );
    expect(related).toEqual([['same-secret z:5'], [], ['same-secret x:3']]);
  });

  it('leaves a secret that stands in one place as it is', () => {
    const alone = finding('a', 'x');
    expect(relateReuse([alone, finding('b', 'x')])[0]).toBe(alone);
  });

  it('keeps the parts that a finding names already, and names no more than twenty places', () => {
    const part = { relation: 'part', ruleId: 'p', path: 'x', startLine: 1 } as const;
    const many = Array.from({ length: 30 }, (_, index) => ({
      ...finding('a', `f${index}`),
      related: [part],
    }));
    const { related } = relateReuse(many)[29]!;
    expect(related[0]).toEqual(part);
    expect(related.slice(1).map(({ path }) => path)).toEqual(
      Array.from({ length: 20 }, (_, index) => `f${index}`),
    );
  });

  it.each([
    [['a.ts', 'a.ts'], []],
    [['a.ts', 'b.ts'], ['NHI9:2025']],
    [['config/prod/a', 'config/live/a'], ['NHI9:2025']],
    [['config/prod/a', 'lib/a'], ['NHI9:2025']],
    [
      ['config/prod/a', 'config/staging/a'],
      ['NHI8:2025', 'NHI9:2025'],
    ],
    [
      ['app.production.yaml', 'app.dev.yaml'],
      ['NHI8:2025', 'NHI9:2025'],
    ],
    [
      ['test/a', 'local/a', 'lib/a'],
      ['NHI8:2025', 'NHI9:2025'],
    ],
    [['latest/product', 'device/delivery'], ['NHI9:2025']],
  ])('adds to a secret in %j: %j', (paths, added) => {
    expect(idsOf(paths)).toEqual(['NHI2:2025', ...added]);
  });
});
