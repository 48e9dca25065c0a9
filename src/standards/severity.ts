// How bad a finding is, from its rule and its circumstances: one table of steps.
import type { Place, StorageState } from '../model/finding.ts';
import type { Severity } from '../model/rule.ts';
import { SEVERITIES } from '../model/rule.ts';

export interface Circumstances {
  readonly base: Severity;
  readonly place: Place;
  readonly state: StorageState;
  readonly isUntracked: boolean;
  readonly isExpired: boolean;
  readonly isSecretZero: boolean;
  readonly isClientExposed: boolean;
}

interface Step {
  readonly applies: (circumstances: Circumstances) => boolean;
  /** Steps down the scale of severities; negative goes up. */
  readonly steps: number;
  readonly because: string;
}

/** In order; each that applies moves the severity. `nhi-scan explain severity` prints this table. */
export const SEVERITY_STEPS: readonly Step[] = [
  { applies: (it) => it.isSecretZero, steps: -4, because: 'it opens a secrets manager' },
  {
    applies: (it) => it.isClientExposed,
    steps: -1,
    because: 'its name or folder puts it into what browsers download',
  },
  { applies: (it) => it.place === 'container', steps: -1, because: 'every layer of an image keeps it' },
  { applies: (it) => it.place === 'test', steps: 1, because: 'it stands in a test' },
  { applies: (it) => it.place === 'docs', steps: 1, because: 'it stands in documentation or an example' },
  { applies: (it) => it.isUntracked, steps: 1, because: 'git does not track the file' },
  { applies: (it) => it.isExpired, steps: 2, because: 'it has expired' },
];

/** The severity, and the reasons for which it differs from the rule's own. */
export function weighSeverity(circumstances: Circumstances): { severity: Severity; reasons: string[] } {
  const applied = SEVERITY_STEPS.filter((step) => step.applies(circumstances));
  const sum = applied.reduce((total, step) => total + step.steps, SEVERITIES.indexOf(circumstances.base));
  // Nothing that is reported as a credential sinks below `low` by circumstances alone.
  const lowest = Math.max(SEVERITIES.indexOf('low'), SEVERITIES.indexOf(circumstances.base));
  const severity = SEVERITIES[Math.min(Math.max(sum, 0), lowest)]!;
  return { severity, reasons: applied.map((step) => step.because) };
}
