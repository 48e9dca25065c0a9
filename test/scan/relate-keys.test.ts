// Ciphertext and its key in one tree, over a scan: the finding names both files; without the key there is none.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../src/model/config.ts';
import type { Report } from '../../src/model/report.ts';
import { compileReferences } from '../../src/rules/load-references.ts';
import { listRules } from '../../src/model/packed-rules.ts';
import { loadBuiltInRules } from '../../src/rules/load-rules.ts';
import { expandTemplate } from '../../src/rules/template.ts';
import { scan } from '../../src/scan/scan.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nhi-scan-keys-'));
});
afterEach(() => rmSync(root, { recursive: true }));

async function scanFiles(
  files: Readonly<Record<string, string>>,
  only?: 'secrets' | 'posture',
): Promise<Report> {
  for (const [path, template] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), expandTemplate(template, { seed: path, checksum: 'age-bech32' }));
  }
  return scan({
    source: { kind: 'tree', paths: ['.'], workingFolder: root, useGitignore: false },
    rules: loadBuiltInRules(),
    config: { ...DEFAULT_CONFIG, severity: 'info', confidence: 'low' },
    analysis: {
      nowMs: Date.UTC(2026, 0, 1),
      showSecrets: false,
      honourInlineComments: true,
      references: compileReferences('references'),
      keep: 'slots',
      ...(only === undefined ? {} : { only }),
    },
    tool: { name: 'nhi-scan', version: '0' },
    jobs: 0,
  });
}

const SOPS =
  'db:\n  password: ENC[AES256_GCM,data:<base64:<alnum:15>>,iv:<base64:<alnum:30>>,tag:<base64:<alnum:15>>,type:str]\n';

const PAIRS: readonly (readonly [
  name: string,
  cipher: readonly [string, string],
  key: readonly [string, string],
])[] = [
  [
    'SOPS and an age identity',
    ['prod.yaml', SOPS],
    ['keys.txt', 'AGE-SECRET-KEY-1QYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQS<checksum>\n'],
  ],
  [
    'Ansible Vault and its password',
    ['vars.yml', '$ANSIBLE_VAULT;1.1;AES256\n<hex:80>\n'],
    ['.vault_pass', '<alnum:24>\n'],
  ],
  [
    'Rails credentials and the master key',
    ['config/credentials.yml.enc', '<base64:<alnum:66>>--<base64:<alnum:12>>--<base64:<alnum:16>>'],
    ['config/master.key', '<hex:32>'],
  ],
];

describe.each(PAIRS)('%s', (_, cipher, key) => {
  it('become one finding that names both files', async () => {
    const { findings, slots } = await scanFiles(Object.fromEntries([cipher, key]));
    const opened = findings.filter(({ storage }) => storage.state === 'encrypted-key-present');
    expect(opened.map(({ location, related }) => [location.path, related.map(({ path }) => path)])).toEqual([
      [cipher[0], [key[0]]],
    ]);
    expect(slots.filter(({ path }) => path === cipher[0]).map(({ storage }) => storage.state)).toEqual([
      'encrypted-key-present',
    ]);
  });

  it('are no finding without the key', async () => {
    const { findings, slots } = await scanFiles(Object.fromEntries([cipher]));
    expect(findings).toEqual([]);
    expect(slots.map(({ storage }) => storage.state)).toEqual(['encrypted-in-repo']);
  });
});

describe('posture', () => {
  const WORKFLOW = {
    '.github/workflows/ci.yml':
      'env:\n  AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS }}\n  SESSION_SECRET: <hex:40>\njobs:\n  a:\n    secrets: inherit\n',
  };

  it('is reported beside secrets, with its key path, and ranks below them', async () => {
    const { findings } = await scanFiles(WORKFLOW);
    const posture = findings.filter(({ ruleId }) => ruleId.startsWith('github-actions-'));
    expect(posture.map(({ storage }) => storage.keyPath)).toEqual([
      'env.AWS_SECRET_ACCESS_KEY',
      'jobs.a.secrets',
    ]);
    expect(posture.map(({ severity }) => severity)).not.toContain('high');
    expect(findings.length).toBe(posture.length + 1);
  });

  it('can be all that is reported, and can be left out', async () => {
    const posture = await scanFiles(WORKFLOW, 'posture');
    expect(posture.findings.map(({ location }) => location.startLine)).toEqual([2, 6]);
    const secrets = await scanFiles(WORKFLOW, 'secrets');
    expect(secrets.findings.map(({ location }) => location.startLine)).toEqual([3]);
  });

  it('leaves a literal to the rule of literals', async () => {
    const literal = expandTemplate('<alnum:24>', { seed: 'posture' });
    const report = await scanFiles({
      '.gitlab-ci.yml': `a:\n  script:\n    - docker login -u me -p ${literal} x\n`,
    });
    expect(JSON.stringify(report)).not.toContain(literal);
    expect(report.findings.map(({ ruleId, storage }) => [ruleId, storage.state])).toEqual([
      ['generic-login-command-password', 'hardcoded'],
    ]);
  });
});

describe('posture rules', () => {
  it('rank below a literal and name ids of standards that exist', async () => {
    const { STANDARDS } = await import('../../src/standards/describe-standard.ts');
    const known = new Set(STANDARDS.map(({ id }) => id));
    const rules = listRules(loadBuiltInRules().rules).filter(({ kind }) => kind === 'posture');
    const wrong = rules.filter(
      ({ severity, posture }) =>
        severity === 'critical' ||
        severity === 'high' ||
        !posture ||
        posture.standards.some((id) => !known.has(id)),
    );
    expect(rules.length).toBeGreaterThan(10);
    expect(wrong.map(({ id, posture }) => `${id} ${posture?.standards.join()}`)).toEqual([]);
  });
});
