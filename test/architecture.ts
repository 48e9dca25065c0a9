// The table of the house: which room may import which, and who may use which package or built-in module.

export interface Room {
  readonly role: string;
  readonly imports: readonly string[];
  /** Same bytes in, same bytes out: no clock, chance, environment or process. */
  readonly isPure: boolean;
}

export const ROOMS: Readonly<Record<string, Room>> = {
  model: { role: 'the floor: types and the pure functions that belong to them', imports: [], isPure: true },
  fields: {
    role: 'one table of fields → YAML reader, JSON Schema, documentation',
    imports: ['model'],
    isPure: true,
  },
  rules: { role: 'YAML → rules: parse, lint, compile, load', imports: ['fields', 'model'], isPure: true },
  config: { role: '.nhi-scan.yaml → Config', imports: ['fields', 'model'], isPure: true },
  sources: { role: 'the outside world → inputs and bytes', imports: ['model'], isPure: false },
  engine: { role: 'bytes → matches', imports: ['model'], isPure: true },
  standards: { role: 'the tables of the standards', imports: ['model'], isPure: true },
  analysis: { role: 'matches → findings and slots', imports: ['standards', 'model'], isPure: true },
  reports: { role: 'report → text, one file a format', imports: ['standards', 'model'], isPure: true },
  scan: {
    role: 'the only place where stages meet: pipeline and workers',
    imports: ['sources', 'engine', 'analysis', 'model'],
    isPure: false,
  },
  cli: {
    role: 'the roof: commands, terminal, exit codes',
    imports: ['scan', 'reports', 'rules', 'config', 'standards', 'fields', 'model'],
    isPure: false,
  },
  index: { role: 'the public API', imports: ['scan', 'reports', 'rules', 'config', 'model'], isPure: false },
};

/** Path prefixes in which a package may be imported. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  commander: ['src/cli/'],
  chalk: ['src/cli/', 'src/reports/text'],
  yaml: ['src/fields/'],
  'fast-glob': ['src/sources/'],
  diff: ['src/sources/'],
  '@eslint-community/regexpp': ['src/rules/'],
  sarif: ['src/reports/sarif'],
};

const LOADERS = ['src/sources/', 'src/rules/load-', 'src/config/load-', 'src/cli/'];
const ANYWHERE = ['src/'];

/** Path prefixes in which a built-in module may be imported. */
export const BUILT_IN_MODULES: Readonly<Record<string, readonly string[]>> = {
  'node:fs': LOADERS,
  'node:fs/promises': LOADERS,
  'node:child_process': ['src/sources/', 'src/cli/'],
  'node:worker_threads': ['src/scan/'],
  'node:module': ['src/cli/launch.ts'],
  'node:vm': ['src/cli/launch.ts', 'src/scan/inline-scanner.ts'],
  'node:v8': ['src/cli/launch.ts'],
  'node:os': ['src/cli/', 'src/scan/'],
  'node:path': [...LOADERS, 'src/scan/'],
  'node:url': [...LOADERS, 'src/scan/'],
  'node:stream': ['src/sources/'],
  'node:readline/promises': ['src/cli/'],
  'node:tty': ['src/cli/'],
  'node:crypto': ANYWHERE,
  'node:zlib': ANYWHERE,
  'node:buffer': ANYWHERE,
};
