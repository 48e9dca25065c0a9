// What the prefilter refuses behind a generic keyword, no pattern is tried on; what may be a literal, is.
import { describe, expect, it } from 'vitest';
import { createScanner } from '../../src/engine/scanner.ts';
import { openRules, packRules } from '../../src/model/packed-rules.ts';
import { loadBuiltInRules } from '../../src/rules/load-rules.ts';

const RULE = openRules(loadBuiltInRules().rules).find('generic-api-key')!;
const scanner = createScanner(openRules(packRules([RULE])), { capacityBytes: 1 << 16 });

/** How many patterns were run, and what they found. */
function scan(text: string, isCode: boolean): { runs: number; found: string[] } {
  const before = scanner.counters.patternRuns;
  const bytes = Buffer.from(text, 'latin1');
  scanner.buffer.set(bytes);
  const matches = scanner.scan({ start: 0, limit: bytes.length, end: bytes.length, isCode });
  return { runs: scanner.counters.patternRuns - before, found: matches.map(({ secret }) => secret) };
}

const VALUE = 'v4lue'.repeat(3);

describe('code', () => {
  it.each([
    'key = other;',
    'key = call(other);',
    'self.api_key = other;',
    'entry->key->length = 12;',
    'memcpy(key, source, length)',
    'init(&key, inode->ino);',
    '[KEY_ENTRY] = { .type = 1 }',
    'key: u32,',
    'key = 0x1f;',
    'key[3] = other;',
    'key[3] = 0x1f, name = "x";',
    'struct key { int length; }',
    'map.get(key).name',
  ])('holds no literal: %s', (text) => {
    expect(scan(`  ${text}\n`, true)).toEqual({ runs: 0, found: [] });
  });

  it.each([
    `key = "${VALUE}";`,
    `const key: string = "${VALUE}";`,
    `key = new Key("${VALUE}")`,
    `key = Buffer.from('${VALUE}')`,
    `setKey("${VALUE}")`,
    `{ "key", "${VALUE}" }`,
    `// key = ${VALUE}`,
    `# key: ${VALUE}`,
    `key = b'${VALUE}'`,
    `name: key, value: "${VALUE}"`,
    `key = {"${VALUE}"}`,
    `var key string = "${VALUE}"`,
    `key := []byte("${VALUE}")`,
    `var key = []byte("${VALUE}")`,
    `Key string \`env:"KEY" envDefault:"${VALUE}"\``,
    `const KEY: &str = "${VALUE}";`,
    `static KEY: &'static str = "${VALUE}";`,
    `val key: String? = "${VALUE}"`,
    `key: str | None = "${VALUE}"`,
    `static const char key[] = "${VALUE}";`,
    `char key[KEY_LENGTH] = "${VALUE}";`,
    `#define KEY @"${VALUE}"`,
    `std::string key{"${VALUE}"};`,
    `public string Key { get; set; } = "${VALUE}";`,
    `public string Key { get; private set; } = "${VALUE}";`,
    `getenv("KEY") ?: "${VALUE}"`,
    `GetEnvironmentVariable("KEY") ?? "${VALUE}"`,
    `api_key: str = Field(default="${VALUE}")`,
    `key = models.CharField(default="${VALUE}")`,
    `KEY: str({ default: '${VALUE}' })`,
    `add_argument("--key", default="${VALUE}")`,
    `#[arg(long, env = "KEY", default_value = "${VALUE}")]`,
    `buildConfigField("String", "KEY", "\\"${VALUE}\\"")`,
  ])('may hold one: %s', (text) => {
    expect(scan(`  ${text}\n`, true).found).toEqual([VALUE]);
  });
});

describe('other texts', () => {
  it.each([
    `\${KEY:-${VALUE}}`,
    `key = ${VALUE}`,
    `key: ${VALUE}`,
    `<key>${VALUE}</key>`,
    `?key=${VALUE}&page=2`,
  ])('hold bare values: %s', (text) => {
    expect(scan(`  ${text}\n`, false).found).toEqual([VALUE]);
  });

  it('hold no value that does not end', () => {
    expect(scan(`key=${'x'.repeat(2000)} `, false)).toEqual({ runs: 0, found: [] });
    expect(scan(`key=${'x'.repeat(300)} `, false).found).toHaveLength(1);
  });
});
