import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLACES, STORAGE_STATES } from '../../src/model/finding.ts';
import type { Evidence, EvidenceFlag } from '../../src/standards/evidence.ts';
import { addReuse, FRAMEWORKS, mapStandards } from '../../src/standards/map-standards.ts';

const TOKEN: Evidence = {
  ruleId: 'slack-bot-token',
  state: 'hardcoded',
  place: 'code',
  path: 'src/notify.ts',
  lifetime: 'unknown',
  flags: [],
};

function map(evidence: Partial<Evidence>): ReturnType<typeof mapStandards> {
  return mapStandards({ ...TOKEN, ...evidence });
}

describe('mapStandards: OWASP NHI 2025', () => {
  const cases: [string, Partial<Evidence>, string[]][] = [
    ['a literal', {}, ['NHI2:2025']],
    ['a fallback', { state: 'hardcoded-fallback' }, ['NHI2:2025']],
    ['a long-lived literal', { lifetime: 'long-lived' }, ['NHI2:2025', 'NHI7:2025']],
    ['one that has expired', { lifetime: 'long-lived', flags: ['expired'] }, ['NHI2:2025']],
    [
      'a static cloud key in CI',
      { ruleId: 'aws-secret-access-key', place: 'ci', lifetime: 'long-lived' },
      ['NHI2:2025', 'NHI6:2025', 'NHI7:2025'],
    ],
    [
      'a session key of a cloud in CI',
      { ruleId: 'aws-session-token', place: 'ci', lifetime: 'short-lived' },
      ['NHI2:2025'],
    ],
    ['a cloud key in code', { ruleId: 'gcp-service-account-key' }, ['NHI2:2025']],
    ['another token in CI', { place: 'ci' }, ['NHI2:2025']],
    ['a reused secret', { flags: ['reused'] }, ['NHI2:2025', 'NHI9:2025']],
    [
      'one that serves test and production',
      { flags: ['reused-across-environments'] },
      ['NHI2:2025', 'NHI8:2025', 'NHI9:2025'],
    ],
    ['a live key in a test', { place: 'test', environment: 'live' }, ['NHI2:2025', 'NHI8:2025']],
    ['a test key in a test', { place: 'test', environment: 'test' }, ['NHI2:2025']],
    ['a person’s token in CI', { place: 'ci', identityKind: 'personal-token' }, ['NHI2:2025', 'NHI10:2025']],
    ['a person’s token in code', { identityKind: 'personal-token' }, ['NHI2:2025']],
    ['a bot’s token in CI', { place: 'ci', identityKind: 'bot' }, ['NHI2:2025']],
    ['a credential that is sent in clear', { flags: ['insecure-transport'] }, ['NHI2:2025', 'NHI4:2025']],
  ];
  it.each(cases)('%s', (_, evidence, expected) => {
    expect(map(evidence).owaspNhi2025).toEqual(expected);
  });
});

describe('mapStandards: CWE', () => {
  const cases: [string, Partial<Evidence>, string[]][] = [
    ['a token in code', {}, ['CWE-798']],
    ['a private key', { identityKind: 'private-key' }, ['CWE-321', 'CWE-798']],
    ['a signing secret, by its name', { keyName: 'JWT_SECRET' }, ['CWE-321', 'CWE-798']],
    ['ciphertext beside its key', { state: 'encrypted-key-present' }, ['CWE-321', 'CWE-798']],
    ['a password in code', { keyName: 'dbPassword' }, ['CWE-259', 'CWE-798']],
    ['a password in configuration', { keyName: 'password', place: 'config' }, ['CWE-260', 'CWE-798']],
    ['a password of a database', { identityKind: 'database-user', place: 'iac' }, ['CWE-260', 'CWE-798']],
    [
      'an encoded password',
      { keyName: 'pass', state: 'hardcoded-encoded' },
      ['CWE-259', 'CWE-798', 'CWE-261'],
    ],
    [
      'a token in the environment of a job',
      { place: 'ci', keyPath: 'jobs.x.env.TOKEN' },
      ['CWE-798', 'CWE-526'],
    ],
    ['a token elsewhere in a job', { place: 'ci', keyPath: 'jobs.x.steps[0].run' }, ['CWE-798']],
    ['a token in a Dockerfile', { place: 'container', path: 'Dockerfile' }, ['CWE-798', 'CWE-526']],
    ['a token in a dotenv file', { place: 'config', path: 'a/.env.production' }, ['CWE-798', 'CWE-526']],
    ['a token in a log', { place: 'data', path: 'out/Build.LOG' }, ['CWE-798', 'CWE-532', 'CWE-312']],
    ['a token in a published folder', { path: 'web/public/app.js' }, ['CWE-798', 'CWE-538']],
    ['a token in a comment', { flags: ['in-comment'] }, ['CWE-798', 'CWE-615']],
    ['a token on a command line', { flags: ['in-command-line'] }, ['CWE-798', 'CWE-214']],
    ['a token sent in clear', { flags: ['insecure-transport'] }, ['CWE-798', 'CWE-319']],
    ['a token in documentation', { place: 'docs' }, ['CWE-798', 'CWE-312']],
  ];
  it.each(cases)('%s', (_, evidence, expected) => {
    expect(map(evidence).cwe).toEqual(expected);
  });
});

describe('mapStandards: ATT&CK and NIST', () => {
  const cases: [string, Partial<Evidence>, string][] = [
    ['any file', {}, 'T1552.001'],
    ['a shell history', { path: 'home/.bash_history' }, 'T1552.003'],
    ['a registry export', { path: 'setup/VNC.reg' }, 'T1552.002'],
    ['Group Policy Preferences', { path: 'Policies/Groups.xml' }, 'T1552.006'],
    ['a kubeconfig', { path: 'ops/prod.kubeconfig' }, 'T1552.007'],
    ['an export of a chat', { path: 'slack-export/general.json' }, 'T1552.008'],
    ['a private key', { identityKind: 'private-key' }, 'T1552.004'],
  ];
  it.each(cases)('%s', (_, evidence, expected) => {
    expect(map(evidence).attack).toEqual([expected]);
  });

  it('knows the ids of version 2.0 only', () => {
    expect(map({}).nistCsf).toEqual(['PR.AA-01', 'PR.AA-05']);
  });
});

describe('mapStandards', () => {
  const evidence: fc.Arbitrary<Evidence> = fc.record({
    ruleId: fc.constantFrom('aws-access-key-id', 'generic-password', 'private-key', 'kubeconfig-token'),
    state: fc.constantFrom(...STORAGE_STATES),
    place: fc.constantFrom(...PLACES),
    path: fc.constantFrom('a.ts', '.env', 'Groups.xml', 'public/x.log'),
    lifetime: fc.constantFrom('long-lived', 'expiring', 'short-lived', 'unknown'),
    identityKind: fc.constantFrom('bot', 'session', 'private-key'),
    flags: fc.uniqueArray(
      fc.constantFrom<EvidenceFlag>('reused', 'expired', 'in-comment', 'insecure-transport'),
    ),
  });

  it('says the same of the same evidence, only what the tables hold, and never the third item of the official list', () => {
    const known = new Set(FRAMEWORKS.flatMap(({ standards }) => standards.map(({ id }) => id)));
    fc.assert(
      fc.property(evidence, (sample) => {
        const ids = mapStandards(sample);
        expect(mapStandards(sample)).toEqual(ids);
        const all = [...ids.owaspNhi2025, ...ids.cwe, ...ids.nistCsf, ...ids.attack];
        expect(all.filter((id) => !known.has(id))).toEqual([]);
        expect(all).not.toContain('NHI3:2025');
        expect(ids.attack.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has ids for literals, and none for what is managed, a placeholder or public', () => {
    const literal = new Set([
      'hardcoded',
      'hardcoded-fallback',
      'hardcoded-encoded',
      'encrypted-key-present',
    ]);
    fc.assert(
      fc.property(evidence, (sample) => {
        const ids = mapStandards(sample);
        const isLiteral = literal.has(sample.state);
        expect(ids.profile).toBe('NHI-03');
        expect(ids.owaspNhi2025[0]).toBe(isLiteral ? 'NHI2:2025' : undefined);
        expect(ids.cwe.includes('CWE-798')).toBe(isLiteral);
        expect(ids.nistCsf.length + ids.attack.length).toBe(isLiteral ? 3 : 0);
      }),
    );
  });

  it('adds reuse afterwards as if it had been known', () => {
    fc.assert(
      fc.property(
        evidence,
        fc.constantFrom('reused' as const, 'reused-across-environments' as const),
        (sample, flag) => {
          const flags: EvidenceFlag[] = sample.flags.filter((other) => !other.startsWith('reused'));
          const before = mapStandards({ ...sample, flags });
          expect(addReuse(before, flag)).toEqual(mapStandards({ ...sample, flags: [...flags, flag] }));
        },
      ),
    );
  });
});
