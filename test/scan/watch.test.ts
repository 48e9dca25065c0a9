// What a watchdog sees of a scan: a step for every pattern run and every candidate, and a rule only while its pattern runs.
import { describe, expect, it } from 'vitest';
import { packRules } from '../../src/model/packed-rules.ts';
import type { Input } from '../../src/sources/input.ts';
import { createInlineScanner } from '../../src/scan/inline-scanner.ts';
import { createInputScanner, createScanEngine } from '../../src/scan/input-scanner.ts';
import { createMatcher } from '../engine/sample-rules.ts';
import { createToken } from '../sample-secrets.ts';
import { createSetup, findingsOf, scanBytes } from './scan-bytes.ts';

const TOKENS = 50;

function createText(): Buffer {
  const lines = Array.from({ length: TOKENS }, (_, index) => `token = ${createToken(`watch-${index}`)}\n`);
  return Buffer.from(lines.join(''));
}

function toInput(path: string, text: string): Input {
  return { kind: 'bytes', provenance: { kind: 'stdin', path }, bytes: Buffer.from(text) };
}

describe('a watched scan', () => {
  it('counts what it does, and leaves no rule to be blamed', () => {
    const trace = new Int32Array(2);
    const setup = createSetup();
    const engine = createScanEngine(setup, trace);
    const outcome = scanBytes(createInputScanner(setup, engine), createText());
    expect(findingsOf(outcome)).toHaveLength(TOKENS);
    // Each finding is a candidate that is situated, judged and reported, beside the runs of patterns.
    expect(trace[1]).toBeGreaterThan(engine.scanner.counters.patternRuns + 3 * TOKENS);
    expect(trace[0]).toBe(0);
  });

  it('steps at each chunk, though nothing is in it', () => {
    const trace = new Int32Array(2);
    const setup = createSetup({ capacityBytes: 64 * 1024 });
    const bytes = Buffer.alloc(1024 * 1024, 'no word of it\n');
    scanBytes(createInputScanner(setup, createScanEngine(setup, trace)), bytes);
    expect(trace[1]).toBeGreaterThan(bytes.length / (64 * 1024));
  });

  it('names the rule while its pattern runs', () => {
    const rules = packRules([createMatcher({ id: 'sample-rule', keywords: ['kkk'], pattern: 'kkk' })]);
    const blamed: number[] = [];
    const trace = new Proxy(new Int32Array(2), {
      set: (cells, cell, value: number) => {
        if (cell === '0') blamed.push(value);
        return Reflect.set(cells, cell, value);
      },
      get: (cells, cell) => Reflect.get(cells, cell) as unknown,
    });
    const setup = createSetup({ rules });
    scanBytes(createInputScanner(setup, createScanEngine(setup, trace)), Buffer.from('a kkk'));
    expect(blamed).toEqual([0, 1, 0]);
  });
});

describe('a scan in this thread', () => {
  it('hands back what takes too long, and scans the others', () => {
    const rules = packRules([
      createMatcher({
        id: 'own-runaway',
        keywords: ['runaway_'],
        pattern: 'runaway_(?:a|a){1,60}!',
        reach: 80,
      }),
    ]);
    const bait = toInput('bait', `runaway_${'a'.repeat(60)}`);
    const inputs = [toInput('first', 'x'), bait, toInput('last', 'y')];
    const done: string[] = [];
    const slow = createInlineScanner([createSetup({ rules })], 1000).scanWatched(
      inputs,
      0,
      (input, { status }) => done.push(`${input.provenance.path} ${status}`),
    );
    expect(slow).toEqual([bait]);
    expect(done).toEqual(['first scanned', 'last scanned']);
  });
});
