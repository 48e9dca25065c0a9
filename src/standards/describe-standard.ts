// An id, however it is written → what it is: for `explain` and for links in reports.
import { FRAMEWORKS } from './map-standards.ts';
import { SUPERSEDED } from './nist-csf.ts';

export interface StandardText {
  readonly id: string;
  readonly framework: string;
  readonly title: string;
  readonly url: string;
  /** What it says, in our words. */
  readonly about: string;
  /** When a finding carries the id. Absent: no finding ever does. */
  readonly when?: string;
}

/** Every id that can be looked up, in the order of the tables. */
export const STANDARDS: readonly StandardText[] = [
  ...FRAMEWORKS.flatMap(({ name, standards }) =>
    standards.map((standard) => ({ framework: name, ...standard })),
  ),
  ...SUPERSEDED.map((standard) => ({ framework: 'NIST Cybersecurity Framework 1.1', ...standard })),
].map(({ id, framework, title, url, about, when }) => ({
  id,
  framework,
  title,
  url,
  about,
  ...(when === undefined ? {} : { when }),
}));

const BY_KEY: ReadonlyMap<string, StandardText> = new Map(
  STANDARDS.flatMap((standard) => [
    [standard.id.toLowerCase(), standard],
    [standard.id.toLowerCase().replace(/:2025$/, ''), standard],
  ]),
);

/**
 * Finds `NHI2:2025`, `NHI2`, `CWE-798`, `PR.AA-01`, `T1552.001`, in any case.
 * `NHI-03` is no id of these lists: see `PROFILE`.
 */
export function describeStandard(id: string): StandardText | undefined {
  return BY_KEY.get(id.trim().toLowerCase());
}
