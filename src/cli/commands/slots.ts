// `nhi-scan slots`: every credential slot of a tree, managed ones included, with its state, manager and key path.
import { loadConfig } from '../../config/load-config.ts';
import type { Slot, StorageState } from '../../model/finding.ts';
import { STORAGE_STATES } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { summariseSlots } from '../../model/report.ts';
import { nearest, UserError } from '../../model/user-error.ts';
import { escapeTerminal } from '../../reports/escape.ts';
import { combineRules, loadBuiltInReferences, loadBuiltInRules } from '../../rules/load-rules.ts';
import { scan } from '../../scan/scan.ts';
import { EXIT } from '../exit-code.ts';
import { complain, print } from '../standard-streams.ts';
import { VERSION } from '../version.ts';

export interface SlotsOptions {
  readonly state: readonly string[];
  readonly json?: boolean;
  readonly gitignore: boolean;
}

/**
 * Listing is no judgement: slots are no reason for another exit code, but an incomplete scan is.
 * @throws UserError for a state that does not exist
 */
export async function runSlots(paths: readonly string[], options: SlotsOptions): Promise<number> {
  checkStates(options.state);
  const report = await scanTree(paths, options);
  const slots = report.slots.filter(
    ({ storage }) => options.state.length === 0 || options.state.includes(storage.state),
  );
  print(options.json ? `${JSON.stringify(toJson(slots, report.complete), null, 2)}\n` : drawSlots(slots));
  for (const { level, subject, message } of report.diagnostics) {
    if (level === 'error') complain(`nhi-scan: ${escapeTerminal(`${subject}: ${message}`)}\n`);
  }
  return report.complete ? EXIT.clean : EXIT.incomplete;
}

function checkStates(states: readonly string[]): void {
  const unknown = states.find((state) => !(STORAGE_STATES as readonly string[]).includes(state));
  if (unknown === undefined) return;
  const guess = nearest(unknown, STORAGE_STATES);
  throw new UserError(`there is no storage state '${unknown}'`, {
    hint: guess ? `did you mean '${guess}'?` : `known: ${STORAGE_STATES.join(', ')}`,
  });
}

async function scanTree(paths: readonly string[], { gitignore }: SlotsOptions): Promise<Report> {
  const rules = loadBuiltInRules();
  const folder = process.cwd();
  const config = await loadConfig({ explicit: undefined, root: folder }, async () => {
    const { explainPattern } = await import('../../rules/lint-pattern.ts');
    return { ruleIds: rules.rules.ids, lintPattern: explainPattern };
  });
  return scan({
    source: {
      kind: 'tree',
      paths: paths.length === 0 ? ['.'] : paths,
      workingFolder: folder,
      useGitignore: gitignore,
    },
    rules: combineRules(rules, [], config.disabledRules),
    config,
    analysis: {
      nowMs: Date.now(),
      showSecrets: false,
      honourInlineComments: true,
      references: loadBuiltInReferences(),
      keep: 'accepted',
    },
    tool: { name: 'nhi-scan', version: VERSION },
  });
}

/** The first folder of a path, or `.` for a file at the top. */
function topOf({ path }: Slot): string {
  const slash = path.indexOf('/');
  return slash === -1 ? '.' : path.slice(0, slash);
}

function groupByTop(slots: readonly Slot[]): Map<string, Slot[]> {
  const groups = new Map<string, Slot[]>();
  for (const slot of slots) {
    const top = topOf(slot);
    const group = groups.get(top);
    if (group) group.push(slot);
    else groups.set(top, [slot]);
  }
  return groups;
}

function toJson(slots: readonly Slot[], complete: boolean): object {
  const byFolder = [...groupByTop(slots)].map(([folder, group]) => [folder, summariseSlots(group).byState]);
  return {
    schemaVersion: 1,
    complete,
    summary: { ...summariseSlots(slots), byFolder: Object.fromEntries(byFolder) as object },
    slots: slots.map(({ path, startLine, ruleId, storage }) => ({
      path,
      startLine,
      ruleId,
      state: storage.state,
      place: storage.place,
      ...(storage.keyPath === undefined ? {} : { keyPath: storage.keyPath }),
      ...(storage.manager === undefined ? {} : { manager: storage.manager }),
    })),
  };
}

function* drawSlots(slots: readonly Slot[]): Generator<string> {
  if (slots.length === 0) {
    yield 'No credential slot was seen.\n';
    return;
  }
  yield* drawTable(
    ['state', 'place', 'manager', 'where', 'key'],
    slots.map(({ path, startLine, storage }) => [
      storage.state,
      storage.place,
      storage.manager ?? '',
      `${path}:${startLine}`,
      storage.keyPath ?? '',
    ]),
  );
  yield '\n';
  const states = STORAGE_STATES.filter((state) => slots.some(({ storage }) => storage.state === state));
  yield* drawTable(
    ['folder', 'slots', ...states],
    [...groupByTop(slots), ['all', slots] as const].map(([folder, group]) => [
      folder,
      String(group.length),
      ...states.map((state) => countOf(group, state)),
    ]),
  );
}

function countOf(slots: readonly Slot[], state: StorageState): string {
  const count = slots.filter(({ storage }) => storage.state === state).length;
  return count === 0 ? '-' : String(count);
}

function* drawTable(head: readonly string[], rows: readonly (readonly string[])[]): Generator<string> {
  const cells = [head, ...rows].map((row) => row.map(escapeTerminal));
  const widths = head.map((_, column) =>
    cells.reduce((width, row) => Math.max(width, row[column]!.length), 0),
  );
  for (const row of cells) {
    yield `${row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd()}\n`;
  }
}
