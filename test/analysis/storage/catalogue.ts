// The reference catalogue with its examples, and the way of one of them through classification.
import type { Candidate } from '../../../src/analysis/candidate.ts';
import { createTextReader } from '../../../src/analysis/text-reader.ts';
import { createCandidate } from '../../../src/analysis/candidate.ts';
import { FILE_ORIGIN } from '../../../src/analysis/line-tracker.ts';
import type { ReferenceCatalogue } from '../../../src/analysis/storage/reference-index.ts';
import type { Place } from '../../../src/model/finding.ts';
import type { DocumentedReference } from '../../../src/model/reference.ts';
import type { RuleMatcher } from '../../../src/model/rule.ts';
import { loadReferences } from '../../../src/rules/load-references.ts';
import { expandTemplate } from '../../../src/rules/template.ts';

export const CATALOGUE: readonly DocumentedReference[] = loadReferences('references');

const RULE: RuleMatcher = {
  id: 'some-credential',
  provider: 'Some',
  kind: 'secret',
  shape: 'generic',
  keywords: ['password'],
  pattern: 'password',
  ignoreCase: true,
  lookback: 0,
  reach: 100,
  assigned: false,
  literal: false,
  severity: 'high',
  confidence: 'medium',
  lifetime: 'unknown',
  opensSecrets: false,
  requires: [],
};

/** A file of each language or kind that entries name. */
const PATHS: Readonly<Record<string, string>> = {
  js: 'app.ts',
  python: 'app.py',
  java: 'App.java',
  kotlin: 'App.kt',
  scala: 'App.scala',
  groovy: 'Jenkinsfile',
  go: 'main.go',
  ruby: 'app.rb',
  php: 'app.php',
  csharp: 'App.cs',
  fsharp: 'App.fs',
  vb: 'App.vb',
  rust: 'main.rs',
  swift: 'App.swift',
  dart: 'app.dart',
  elixir: 'app.exs',
  erlang: 'app.erl',
  shell: 'run.sh',
  powershell: 'run.ps1',
  batch: 'run.bat',
  r: 'app.r',
  perl: 'app.pl',
  lua: 'app.lua',
  julia: 'app.jl',
  haskell: 'App.hs',
  clojure: 'app.clj',
  nix: 'host.nix',
  bicep: 'main.bicep',
  hcl: 'main.tf',
  yaml: 'values.yaml',
  json: 'settings.json',
  dotenv: '.env',
  properties: 'app.properties',
  ini: 'app.ini',
  xml: 'app.xml',
  toml: 'app.toml',
  dockerfile: 'Dockerfile',
  makefile: 'Makefile',
  objc: 'App.m',
  c: 'app.c',
  cpp: 'app.cpp',
  nim: 'app.nim',
  ocaml: 'app.ml',
  coffee: 'app.coffee',
  crystal: 'app.cr',
  zig: 'app.zig',
  graphql: 'schema.prisma',
  jsonnet: 'app.jsonnet',
  markdown: 'notes.md',
  sql: 'a.sql',
};

/** @param text `«…»` marks the value, else all of it is the value */
export function classifyText(
  text: string,
  at: { path: string; place: Place },
  catalogue: ReferenceCatalogue,
): Candidate['storage'] {
  const open = text.indexOf('«');
  const plain = text.replace('«', '').replace('»', '');
  const start = Buffer.byteLength(plain.slice(0, Math.max(open, 0)));
  const end =
    open === -1
      ? Buffer.byteLength(plain)
      : start + Buffer.byteLength(text.slice(open + 1, text.indexOf('»')));
  const bytes = Buffer.from(plain);
  const secret = bytes.toString('latin1', start, end);
  const span = { start, end };
  const match = { ruleId: RULE.id, span, secretSpan: span, secret, captures: {}, decodedBy: [] };
  const scanned = {
    provenance: { kind: 'file', path: at.path } as const,
    bytes,
    origin: FILE_ORIGIN,
    place: at.place,
  };
  return createCandidate(scanned, match, {
    rule: RULE,
    catalogue,
    reader: createTextReader(scanned.bytes, catalogue),
  }).storage;
}

/** Where an entry's samples stand: in a language and a place in which it applies. */
export function standOf({ languages, places }: DocumentedReference['entry']): { path: string; place: Place } {
  const language = languages?.[0];
  const path = language === undefined ? 'notes.txt' : PATHS[language];
  if (path === undefined) throw new Error(`no file of the language '${language}'`);
  return { path, place: places?.[0] ?? 'code' };
}

/** `<>` stands for nothing: it keeps samples from standing in a file as they are. */
export function expandSample(sample: string, seed: string): string {
  return expandTemplate(sample.replaceAll('<>', ''), { seed });
}
