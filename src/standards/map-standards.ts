// Evidence → the ids that it supports. The table is in the files of the frameworks; this only asks its rows.
import type { StandardIds } from '../model/finding.ts';
import { ATTACK } from './attack.ts';
import { CWE } from './cwe.ts';
import type { Evidence, EvidenceFlag } from './evidence.ts';
import { NIST_CSF } from './nist-csf.ts';
import { OWASP_NHI } from './owasp-nhi.ts';
import type { Framework, StandardList } from './standard.ts';

/** The frameworks whose ids findings carry. */
export const FRAMEWORKS: readonly Framework[] = [OWASP_NHI, CWE, NIST_CSF, ATTACK];

/** The ids that the evidence supports, the most telling first. Empty lists for what is no literal. */
export function mapStandards(evidence: Evidence): StandardIds {
  const ids: Record<StandardList, readonly string[]> = { owaspNhi2025: [], cwe: [], nistCsf: [], attack: [] };
  for (const { list, isExclusive, standards } of FRAMEWORKS) {
    const supported = standards.filter((standard) => standard.applies?.(evidence)).map(({ id }) => id);
    ids[list] = isExclusive ? supported.slice(0, 1) : supported;
  }
  return { profile: 'NHI-03', ...ids };
}

type ReuseFlag = Extract<EvidenceFlag, `reused${string}`>;

/** Ids that reuse adds by itself, whatever else is known of a literal. */
const IDS_OF_REUSE: Readonly<Record<ReuseFlag, readonly string[]>> = {
  reused: ['NHI9:2025'],
  'reused-across-environments': ['NHI8:2025', 'NHI9:2025'],
};

/** Adds what is only known once several files have been compared. Nothing is added to what is no literal. */
export function addReuse(ids: StandardIds, flag: ReuseFlag): StandardIds {
  return addOwasp(ids, IDS_OF_REUSE[flag]);
}

function addOwasp(ids: StandardIds, more: readonly string[]): StandardIds {
  if (ids.owaspNhi2025.length === 0) return ids;
  const held = new Set([...ids.owaspNhi2025, ...more]);
  return { ...ids, owaspNhi2025: OWASP_NHI.standards.map(({ id }) => id).filter((id) => held.has(id)) };
}

/** Adds what its age says: a credential that has lived for long is long-lived, whatever its kind. */
export function addLongLife(ids: StandardIds): StandardIds {
  return addOwasp(ids, ['NHI7:2025']);
}
