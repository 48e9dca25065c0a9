// The results of a SARIF run. No snippets: the file is uploaded and cached, and viewers draw lines from the repository.
import type { Location, PhysicalLocation, Result } from 'sarif';
import type { Finding, Related } from '../../model/finding.ts';
import { encodePath, escapeTerminal } from '../escape.ts';
import type { FormatOptions } from '../formatter.ts';
import { describeRuleOf } from '../rule-text.ts';
import { commitOf, describeIdentity, describeStorage, filePathOf } from '../wording.ts';
import { LEVELS } from './rules.ts';
import { referToTaxa } from './taxonomies.ts';

/** The name under which all paths are relative. */
export const ROOT: string = '%SRCROOT%';

export function createResult(finding: Finding, ruleIndex: number, options: FormatOptions): Result {
  const related = finding.related.map(createRelated);
  // The hash is of the scanned text: for what lies in a container, not of the file that GitHub would hash.
  const isFile = finding.provenance.kind !== 'member';
  return {
    ruleId: finding.ruleId,
    ruleIndex,
    level: LEVELS[finding.severity],
    message: { text: writeMessage(finding, options) },
    locations: [createLocation(finding)],
    partialFingerprints: {
      ...(finding.lineHash === undefined || !isFile ? {} : { primaryLocationLineHash: finding.lineHash }),
      'nhiScanFingerprint/v1': finding.fingerprint,
    },
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    taxa: referToTaxa([finding]),
    properties: createProperties(finding),
  };
}

function createLocation({ provenance, location }: Finding): Location {
  const { startLine, startColumn, endLine, endColumn } = location;
  const filePath = filePathOf(provenance);
  return {
    physicalLocation: {
      ...locateFile(filePath),
      region: { startLine, startColumn, endLine, endColumn },
    },
    // What lies in a container has a name within it only.
    ...(filePath === location.path
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: location.path, kind: 'member' }] }),
  };
}

function createRelated({ relation, path, startLine }: Related, index: number): Location {
  return {
    id: index + 1,
    message: { text: relation === 'part' ? 'Part of the same credential' : 'The same secret' },
    physicalLocation: { ...locateFile(path.split('!')[0]!), region: { startLine } },
  };
}

function locateFile(path: string): PhysicalLocation {
  return { artifactLocation: { uri: encodePath(path), uriBaseId: ROOT } };
}

function writeMessage(finding: Finding, options: FormatOptions): string {
  const { name } = describeRuleOf(finding, options);
  const { storage, identity, related, notes } = finding;
  const at = storage.keyPath === undefined ? '' : ` at ${storage.keyPath}`;
  const sentences = [
    `${name} (${finding.secret}) is ${describeStorage(finding)}${at}.`,
    ...(identity === undefined ? [] : [`Identity: ${describeIdentity(identity)}.`]),
    ...notes.map((note) => `Note: ${note}.`),
  ].map(escapeMessage);
  const links = related.flatMap(({ relation, path, startLine }, index) =>
    relation === 'same-secret' ? [`[${escapeMessage(`${path}:${startLine}`)}](${index + 1})`] : [],
  );
  if (links.length > 0) sentences.push(`The same secret stands in ${links.join(', ')}.`);
  return sentences.join(' ');
}

/** Controls are made visible, as viewers show a message in logs. In SARIF messages brackets make links, and braces placeholders (SARIF 2.1.0, 3.11.5 and 3.11.6). */
export function escapeMessage(text: string): string {
  return escapeTerminal(text)
    .replace(/[\\[\]]/g, '\\$&')
    .replace(/[{}]/g, '$&$&');
}

function createProperties(finding: Finding): Record<string, unknown> {
  const { storage, identity, standards, severity, confidence, lifetime, fingerprint } = finding;
  const commit = commitOf(finding.provenance)?.commit;
  return {
    fingerprint,
    severity,
    confidence,
    lifetime,
    storage: {
      state: storage.state,
      place: storage.place,
      ...(storage.keyPath === undefined ? {} : { keyPath: storage.keyPath }),
    },
    ...(identity === undefined ? {} : { identity }),
    ...(commit === undefined ? {} : { commit }),
    profile: standards.profile,
    nistCsf: standards.nistCsf,
    attack: standards.attack,
  };
}
