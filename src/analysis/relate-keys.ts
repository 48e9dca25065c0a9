// Ciphertext whose key lies in the same tree: it hides nothing from whoever holds the tree.
import type { Finding, Slot, Storage, Suppressed } from '../model/finding.ts';
import { mapStandards } from '../standards/map-standards.ts';

type KeyTest = (finding: Finding) => boolean;

const byRule =
  (pattern: RegExp): KeyTest =>
  ({ ruleId }) =>
    pattern.test(ruleId);
const byPath =
  (pattern: RegExp): KeyTest =>
  ({ location }) =>
    pattern.test(location.path);
const byKey =
  (pattern: RegExp): KeyTest =>
  ({ storage }) =>
    storage.keyPath !== undefined && pattern.test(storage.keyPath);

/** Systems of the reference catalogue, each with what its key is found by. */
const KEYS: Readonly<Record<string, KeyTest>> = {
  SOPS: byRule(/(?:^|-)age-/),
  age: byRule(/(?:^|-)age-/),
  'Ansible Vault': byRule(/^ansible-vault-password/),
  'Rails credentials': byRule(/^rails-master-key/),
  'Jenkins credentials': byRule(/^jenkins-master-key$/),
  Chef: byRule(/^chef-data-bag-secret$/),
  'Chef encrypted data bags': byRule(/^chef-data-bag-secret$/),
  Jasypt: byKey(/jasypt[._]encryptor[._]password$/i),
  'Spring Cloud Config': byKey(/(?:^|\.)encrypt\.key$/i),
  dotenvx: byPath(/(?:^|\/)\.env\.keys$/),
  'Hiera eyaml': byPath(/private_key\.pkcs7\.pem$/),
  'Maven password encryption': byPath(/settings-security\.xml$/),
};

/** What a scan has found, before and after. */
export interface Gathered {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly slots: readonly Slot[];
}

/** The first ciphertext of each file becomes a finding that names the key; every slot of it changes its state. */
export function relateKeys(gathered: Gathered): Gathered {
  const systems = new Set(gathered.slots.flatMap(({ storage }) => systemOf(storage) ?? []));
  const keys = new Map([...systems].flatMap((system) => findKey(system, gathered.findings)));
  if (keys.size === 0) return gathered;
  const opened: Finding[] = [];
  const seen = new Set<string>();
  const suppressed = gathered.suppressed.filter(({ by, finding }) => {
    const system = systemOf(finding.storage);
    const key = by === 'managed' && system !== undefined ? keys.get(system) : undefined;
    const place = `${system}\0${finding.location.path}`;
    if (!key || seen.has(place)) return true;
    seen.add(place);
    opened.push(openWith(key, finding));
    return false;
  });
  return {
    findings: [...gathered.findings, ...opened],
    suppressed,
    slots: gathered.slots.map((slot) => {
      const system = systemOf(slot.storage);
      return system !== undefined && keys.has(system)
        ? { ...slot, storage: openStorage(slot.storage) }
        : slot;
    }),
  };
}

function systemOf({ state, manager }: Storage): string | undefined {
  return state === 'encrypted-in-repo' && manager !== undefined && manager in KEYS ? manager : undefined;
}

function findKey(system: string, findings: readonly Finding[]): [string, Finding][] {
  const key = findings.find((finding) => KEYS[system]!(finding));
  return key ? [[system, key]] : [];
}

function openWith({ ruleId, location }: Finding, ciphertext: Finding): Finding {
  const storage = openStorage(ciphertext.storage);
  return {
    ...ciphertext,
    severity: 'high',
    storage,
    standards: mapStandards({
      ruleId: ciphertext.ruleId,
      state: storage.state,
      place: storage.place,
      path: ciphertext.location.path,
      lifetime: ciphertext.lifetime,
      flags: [],
    }),
    related: [
      ...ciphertext.related,
      { relation: 'part', ruleId, path: location.path, startLine: location.startLine },
    ],
    notes: [...ciphertext.notes, `it is encrypted, and its key lies in ${location.path}`],
  };
}

function openStorage({ place, keyPath }: Storage): Storage {
  return { state: 'encrypted-key-present', place, ...(keyPath === undefined ? {} : { keyPath }) };
}
