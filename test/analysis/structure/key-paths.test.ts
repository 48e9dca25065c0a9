// Paths of values in each syntax; and texts that are broken, hostile or not what their name says.
import { describe, expect, it } from 'vitest';
import { findKeyPaths, listValues } from '../../../src/analysis/structure/key-paths.ts';

/** The paths of the values that stand between `«` and `»`. */
function pathsOf(path: string, marked: string): (string | undefined)[] {
  const offsets: number[] = [];
  let text = '';
  for (const character of marked) {
    if (character === '«') offsets.push(Buffer.byteLength(text));
    else if (character !== '»') text += character;
  }
  const found = findKeyPaths(path, Buffer.from(text), offsets);
  return offsets.map((offset) => found.get(offset));
}

describe.each<[string, string, string, string[]]>([
  ['YAML mappings', 'a.yml', 'jobs:\n  deploy:\n    env:\n      TOKEN: «x»\n', ['jobs.deploy.env.TOKEN']],
  [
    'YAML sequences',
    'a.yaml',
    'spec:\n  containers:\n    - name: a\n      env:\n      - name: A\n        value: «x»\n      - name: B\n        value: "«y»"\n    - name: b\n      env: [{name: C, value: «z»}]\n',
    ['spec.containers[0].env[0].value', 'spec.containers[0].env[1].value', 'spec.containers[1].env[0].value'],
  ],
  ['YAML sequences of scalars', 'a.yml', 'args:\n- a\n- --token=«x»\nother: «y»\n', ['args[1]', 'other']],
  [
    'YAML block scalars',
    'a.yml',
    'steps:\n  - run: |\n      set -e\n      login «x»\n  - run: >-\n      «y»\n',
    ['steps[0].run', 'steps[1].run'],
  ],
  ['YAML documents', 'a.yml', 'a:\n  b: 1\n---\nc: «x»\n', ['c']],
  [
    'YAML anchors and tags',
    'a.yml',
    'base: &base\n  pw: !secret «x»\nuse:\n  <<: *base\n  q: &q «y»\n',
    ['base.pw', 'use.q'],
  ],
  ['YAML quoted keys', 'a.yml', 'meta:\n  \'a.b/c\': «x»\n  "d e": «y»\n', ['meta["a.b/c"]', 'meta["d e"]']],
  [
    'YAML with a template',
    'values.yaml',
    '{{- if .x }}\na:\n  {{ include "x" . }}\n  b: «x»\n{{- end }}\nc: «{{ .y }}»\n',
    ['a.b', 'c'],
  ],
  ['YAML comments', 'a.yml', 'a: 1 # «x»\n# «y»\nb: "#«z»"\n', ['', '', 'b']],
  ['YAML strings over several lines', 'a.yml', 'a: "one\n  «two»"\nb: «x»\n', ['a', 'b']],
  ['nested sequences in YAML', 'a.yml', 'a:\n  - - «x»\n    - «y»\n', ['a[0][0]', 'a[0][1]']],
  [
    'JSON',
    'a.json',
    '{"mcpServers": {"github": {"env": {"TOKEN": "«x»"}, "args": ["-y", "«y»"]}}}',
    ['mcpServers.github.env.TOKEN', 'mcpServers.github.args[1]'],
  ],
  ['JSON with comments', 'a.jsonc', '{\n // "a": 1\n "b": /* c */ "«x»",\n}', ['b']],
  ['JSON lines', 'a.jsonl', '{"a": 1}\n{"b": "«x»"}\n', ['b']],
  ['JSON keys and escapes', 'a.json', '{"a\\"b": {"c": "d\\"«x»"}}', ['["a\\\\\\"b"].c']],
  ['a notebook', 'a.ipynb', '{"cells": [{"source": ["a", "t = «x»"]}]}', ['cells[0].source[1]']],
  [
    'TOML',
    'a.toml',
    'a = "«x»"\n[tool.pub]\ntoken = "«y»"\n[[servers]]\nkey = 1\n[[servers]]\nkey = "«z»"\n',
    ['a', 'tool.pub.token', 'servers[1].key'],
  ],
  [
    'TOML inline tables',
    'a.toml',
    'a = { b = "«x»", c = ["1", "«y»"] }\n"d.e".f = "«z»"\n',
    ['a.b', 'a.c[1]', '["d.e"].f'],
  ],
  ['TOML long strings', 'a.toml', 'a = """\nx\n«y»"""\nb = "«z»"\n', ['a', 'b']],
  ['.env', '.env', 'A=1\nexport TOKEN="«x»"\nB=«y»\n# C=«z»\n', ['TOKEN', 'B', '']],
  [
    'properties',
    'a.properties',
    'spring.datasource.password=«x»\nother key\na : b\\\n  «c»\n',
    ['spring.datasource.password', 'a'],
  ],
  [
    'INI',
    'a.ini',
    '[db]\npassword = «x»\n[remote "origin"]\n\turl = «y»\n',
    ['db.password', '["remote \\"origin\\""].url'],
  ],
  [
    'XML texts',
    'a.xml',
    '<a><!-- <b> --><b>«x»</b><c d="«y»">z</c><e/><f><![CDATA[«w»]]></f></a>',
    ['a.b', 'a.c.@d', 'a.f'],
  ],
  [
    'XML by name',
    'web.config',
    '<configuration><appSettings><add key="ApiKey" value="«x»" /></appSettings></configuration>',
    ['configuration.appSettings.add[ApiKey].@value'],
  ],
  [
    'HCL blocks',
    'a.tf',
    'provider "aws" {\n  secret_key = "«x»"\n}\nresource "aws_db" "main" {\n  tags = { a = "«y»" }\n  list = ["1", "«z»"]\n}\n',
    ['provider.aws.secret_key', 'resource.aws_db.main.tags.a', 'resource.aws_db.main.list[1]'],
  ],
  ['HCL heredocs and comments', 'a.tf', 'a = <<EOF\n«x»\nEOF\n# b = "«y»"\nc = "«z»"\n', ['a', '', 'c']],
  [
    'HCL calls',
    'a.tf',
    'variable "pw" {\n  default = "«x»"\n}\nlocals {\n  a = join(",", ["b", "«y»"])\n}\n',
    ['variable.pw.default', 'locals.a[1]'],
  ],
])('%s', (...[, path, marked, expected]) => {
  it('has a path for each value', () => {
    expect(pathsOf(path, marked).map((found) => found ?? '')).toEqual(expected);
  });
});

describe('a text that is not what its name says', () => {
  it.each([
    ['a.json', '{"a": {"b": "«x»'],
    ['a.json', ']]]}}}{"a": "«x»"}'],
    ['a.yml', '\t\t: - ? |\n  : {[}\na: «x»'],
    ['a.xml', '</a></b><c "<<<>«x»</c>'],
    ['a.tf', '}}}] = "«x»'],
    ['a.toml', '[[[a\n]] = "«x»'],
    ['a.yml', '<?php «x» ?>'],
  ])('is read without an exception: %s %j', (path, marked) => {
    expect(() => pathsOf(path, marked)).not.toThrow();
  });

  it('finds the values behind what is broken', () => {
    expect(pathsOf('a.yml', 'a: {b: [1\n\nc:\n  d: «x»\n')).toHaveLength(1);
    expect(pathsOf('a.yml', 'a: "b\n')).toEqual([]);
  });
});

/** Characters that a reader looks at, counted by the values it visits. */
describe('a hostile text', () => {
  const aliases = `a: &a [x,x]\n${Array.from({ length: 30 }, (_, level) => `l${level}: &l${level} [*a,*a]\n`).join('')}`;

  it('expands no alias', () => {
    expect(listValues('a.yml', Buffer.from(aliases)).length).toBeLessThan(100);
  });

  it.each([
    ['a.json', '['.repeat(200_000)],
    ['a.json', '{"a":'.repeat(100_000)],
    ['a.yml', '- '.repeat(100_000)],
    ['a.yml', '{'.repeat(200_000)],
    ['a.xml', '<a>'.repeat(100_000)],
    ['a.xml', '<!--'.repeat(100_000)],
    ['a.xml', '<?'.repeat(100_000)],
    ['a.tf', 'a {'.repeat(100_000)],
    ['a.tf', '"\\'.repeat(200_000)],
    ['.env', "a='\n".repeat(100_000)],
    ['a.toml', '[a]\n'.repeat(100_000)],
  ])('is bounded: %s', (path, text) => {
    expect(listValues(path, Buffer.from(text)).length).toBeLessThanOrEqual(20_000);
  });

  it('gives no path to what lies too deep, and goes on with what does not', () => {
    const deep = `{"a": ${'['.repeat(500)}"x"${']'.repeat(500)}, "b": "y"}`;
    const found = findKeyPaths('a.json', Buffer.from(deep), [deep.indexOf('x'), deep.indexOf('y')]);
    expect([...found.values()]).toEqual(['b']);
  });
});
