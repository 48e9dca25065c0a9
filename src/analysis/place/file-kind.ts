// What syntax a file has, by its name: the kind decides how keys are found, the language how code is read.
import { baseName } from './file-name.ts';

export type FileKind =
  | 'yaml'
  | 'json'
  | 'toml'
  | 'dotenv'
  | 'properties'
  | 'ini'
  | 'xml'
  | 'hcl'
  | 'shell'
  | 'code'
  | 'dockerfile'
  | 'makefile'
  | 'notebook'
  | 'html'
  | 'css'
  | 'markdown'
  | 'sql'
  | 'csv'
  | 'log'
  | 'text'
  | 'unknown';

/** The kind of a file; copies such as `.env.bak` and templates such as `app.yml.erb` have that of their original. */
export function fileKind(path: string): FileKind {
  return syntaxOf(path).kind;
}

/** Id of the programming language, such as `js`, `python` or `go`, or undefined for files that are no code. */
export function languageOf(path: string): string | undefined {
  return syntaxOf(path).language;
}

/** True for kinds that may quote any language. */
export function isProseKind(kind: FileKind): boolean {
  return PROSE.has(kind);
}

const PROSE: ReadonlySet<FileKind> = new Set<FileKind>([
  'markdown',
  'text',
  'notebook',
  'log',
  'html',
  'unknown',
]);

interface Syntax {
  readonly kind: FileKind;
  readonly language?: string;
}

const UNKNOWN: Syntax = { kind: 'unknown' };

/** The last path and its syntax: several parts of a scan ask for one file. */
let lastPath = '';
let lastSyntax = UNKNOWN;

function syntaxOf(path: string): Syntax {
  if (path === lastPath) return lastSyntax;
  lastPath = path;
  return (lastSyntax = readSyntax(path));
}

function readSyntax(path: string): Syntax {
  const base = baseName(path);
  const name = base.includes('.', base.indexOf('.') + 1) ? base.replace(TEMPLATE_ENDING, '') : base;
  const exact = NAMES.get(name);
  if (exact) return exact;
  if (DOTENV.test(name)) return { kind: 'dotenv' };
  const dot = name.lastIndexOf('.');
  const ending = ENDINGS.get(name.slice(dot + 1));
  if (dot >= 0 && ending) return ending;
  return PREFIXES.find(([prefix]) => name.startsWith(prefix))?.[1] ?? UNKNOWN;
}

/** Endings of templates, whose syntax is that of what they make. */
const TEMPLATE_ENDING = /(?<=\.[a-z]{2,12})\.(?:erb|j2|jinja2?|tmpl|tpl|gotmpl|mustache|hbs|ejs|enc)$/;
const DOTENV =
  /^\.env(?![^._-])(?!.*\.(?:[mc]?[jt]s|json|ya?ml|toml|py|php|rb|sh)$)|\.env$|^\.dev\.vars|^\.flaskenv$|^env\.(?:local|production|development|test)$/;

const KIND_ENDINGS: Readonly<Partial<Record<FileKind, string>>> = {
  yaml: 'yml yaml eyaml cff',
  json: 'json jsonc json5 jsonl ndjson webmanifest har code-workspace tfstate avsc topojson geojson dockerconfigjson arb map',
  toml: 'toml',
  properties: 'properties',
  ini: 'ini cfg cnf conf editorconfig desktop service gitconfig',
  xml: 'xml config csproj vbproj fsproj vcxproj props targets nuspec pubxml publishsettings user plist storyboard xib xsd xsl xslt wsdl svg jmx resx iml jelly',
  hcl: 'tf tfvars hcl nomad tofu',
  shell: 'sh bash zsh ksh fish envrc command',
  makefile: 'mk mak',
  notebook: 'ipynb',
  html: 'html htm xhtml',
  css: 'css scss sass less',
  markdown: 'md mdx markdown rst adoc asciidoc textile org rmd qmd',
  sql: 'sql psql ddl dml',
  csv: 'csv tsv',
  log: 'log out',
  text: 'txt text',
};

const LANGUAGE_ENDINGS: Readonly<Record<string, string>> = {
  js: 'js jsx mjs cjs ts tsx mts cts vue svelte astro',
  python: 'py pyi pyw pyx star bzl',
  go: 'go',
  java: 'java jsp',
  kotlin: 'kt kts',
  scala: 'scala sc sbt',
  groovy: 'groovy gradle gvy jenkinsfile',
  clojure: 'clj cljs cljc edn',
  ruby: 'rb rake gemspec ru erb podspec',
  php: 'php phtml php5 inc module',
  csharp: 'cs csx cshtml razor',
  fsharp: 'fs fsx',
  vb: 'vb vbs bas',
  c: 'c h',
  cpp: 'cc cpp cxx hpp hh hxx ino',
  objc: 'm mm',
  rust: 'rs',
  swift: 'swift',
  dart: 'dart',
  elixir: 'ex exs eex heex',
  erlang: 'erl hrl',
  perl: 'pl pm t',
  lua: 'lua',
  r: 'r',
  julia: 'jl',
  haskell: 'hs',
  nim: 'nim',
  zig: 'zig',
  solidity: 'sol',
  powershell: 'ps1 psm1 psd1',
  bicep: 'bicep bicepparam',
  nix: 'nix',
  graphql: 'graphql gql prisma',
  protobuf: 'proto',
  jsonnet: 'jsonnet libsonnet',
  tcl: 'tcl',
  ocaml: 'ml mli',
  coffee: 'coffee',
  assembly: 's asm',
};

const ENDINGS: ReadonlyMap<string, Syntax> = new Map([
  ...Object.entries(KIND_ENDINGS).flatMap(([kind, endings]) => pairs(endings, { kind: kind as FileKind })),
  ...Object.entries(LANGUAGE_ENDINGS).flatMap(([language, endings]) =>
    pairs(endings, { kind: 'code', language }),
  ),
  ...pairs(KIND_ENDINGS.shell!, { kind: 'shell', language: 'shell' }),
  ...pairs('bat cmd', { kind: 'shell', language: 'batch' }),
]);

const KIND_NAMES: Readonly<Partial<Record<FileKind, string>>> = {
  yaml: '.clang-format .yarnrc.yml .condarc .gemrc kubeconfig admin.conf talosconfig credentials.yml.enc',
  json: '.babelrc .eslintrc .prettierrc .stylelintrc .swcrc .dockercfg .dockerconfigjson .firebaserc .releaserc composer.lock pipfile.lock package.resolved flake.lock',
  toml: 'pipfile cargo.lock poetry.lock uv.lock gopkg.lock credentials.toml',
  ini: '.gitconfig .gitmodules .npmrc .pypirc .hgrc .boto .s3cfg .databrickscfg .my.cnf .pylintrc .flake8 .coveragerc .sentryclirc .ftpconfig credentials odbc.ini',
  hcl: '.terraformrc terraform.rc',
  dockerfile: 'dockerfile containerfile',
  makefile: 'makefile gnumakefile justfile .justfile',
  shell:
    '.bashrc .bash_profile .bash_aliases .profile .zshrc .zprofile .zshenv .kshrc .envrc .xinitrc .bash_login .bash_logout',
  text: 'readme license notice authors contributors copying changelog codeowners install todo news .bash_history .zsh_history',
};

const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  ruby: 'gemfile rakefile vagrantfile fastfile appfile matchfile podfile guardfile capfile brewfile berksfile dangerfile',
  groovy: 'jenkinsfile',
  python: 'sconstruct sconscript build workspace tiltfile wscript .pythonrc',
  elixir: 'mix.lock',
};

const NAMES: ReadonlyMap<string, Syntax> = new Map([
  ...Object.entries(KIND_NAMES).flatMap(([kind, names]) => pairs(names, { kind: kind as FileKind })),
  ...Object.entries(LANGUAGE_NAMES).flatMap(([language, names]) => pairs(names, { kind: 'code', language })),
  ...pairs(KIND_NAMES.shell!, { kind: 'shell', language: 'shell' }),
]);

const PREFIXES: readonly (readonly [string, Syntax])[] = [
  ['dockerfile', { kind: 'dockerfile' }],
  ['containerfile', { kind: 'dockerfile' }],
  ['jenkinsfile', { kind: 'code', language: 'groovy' }],
  ['makefile', { kind: 'makefile' }],
  ['readme', { kind: 'text' }],
  ['license', { kind: 'text' }],
];

function pairs(words: string, syntax: Syntax): [string, Syntax][] {
  return words.split(' ').map((word) => [word, syntax]);
}
