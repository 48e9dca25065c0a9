// A rule file with one rule, whose fields a test can change, add and leave out. Values are YAML.

const FIELDS: Readonly<Record<string, string>> = {
  id: 'acme-key',
  name: 'Acme key',
  description: 'Opens Acme.',
  severity: 'high',
  confidence: 'high',
  shape: 'prefixed',
  keywords: '[acme_]',
  pattern: "'acme_[0-9a-z]{8}'",
  lifetime: 'unknown',
  revoke: 'There.',
  workload_identity: 'none',
  examples: "[{ secret: 'acme_<lower-alnum:8>', in: ['$SECRET'] }]",
  negative_examples: '[{ text: acme, because: too short }]',
};

/** @param changes by field; `undefined` leaves a field out */
export function writeRuleFile(changes: Readonly<Record<string, string | undefined>> = {}, defaults = ''): string {
  const fields = Object.entries({ ...FIELDS, ...changes }).filter(([, value]) => value !== undefined);
  const lines = fields.map(([name, value], index) => `${index === 0 ? '  - ' : '    '}${name}: ${value}`);
  return ['provider: Acme', ...(defaults === '' ? [] : [`defaults: ${defaults}`]), 'rules:', ...lines, ''].join('\n');
}
