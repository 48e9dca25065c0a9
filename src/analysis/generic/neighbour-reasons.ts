// Reasons that other lines give: a table of test vectors, a selector of labels, an entry of a property list.
import type { Candidate } from '../candidate.ts';
import { readName } from './name.ts';
import type { Reason } from './reason.ts';
import type { Surroundings } from './surroundings.ts';

export const NEIGHBOUR_REASONS: readonly Reason[] = [
  { test: isOtherProperty, because: 'its name in the property list names no credential' },
  { test: isEntryName, because: 'it is the name of an entry, not its value' },
  { test: isTitle, because: 'it is the name of the key behind it' },
  { test: isSelector, because: 'it is the name of a label' },
  {
    test: isTestVector,
    because: 'it stands among the inputs and outputs of an algorithm, as test vectors do',
  },
];

/** `<key>uuid</key><string>…</string>`: the name is what the element holds. */
function isOtherProperty(_: Candidate, { name, before }: Surroundings): boolean {
  const held = /<key>([^<>]{1,80})<\/$/.exec(before)?.[1];
  return name === 'key' && held !== undefined && readName(held).kind === undefined;
}

/** `<entry key="…" expires="…">`: in XML the attribute says which entry it is. */
function isEntryName(_: Candidate, { name, before }: Surroundings): boolean {
  return (
    name === 'key' &&
    /<(?:entry|add|item|data|string|option|property)\s(?:[\w-]+="[^"]{0,40}"\s)*$/.test(before)
  );
}

const MAX_NEXT_BYTES = 120;

/** `key: app` before `operator: In`, as Kubernetes selects by labels and tolerates taints. */
function isSelector(candidate: Candidate, { name }: Surroundings): boolean {
  if (name !== 'key') return false;
  return /^["']?,?\s+["']?(?:operator|effect)["']?\s?:/.test(textBehind(candidate, MAX_NEXT_BYTES));
}

/** `PrivateKey=ALICE`, and the key itself from the next line on. */
function isTitle(candidate: Candidate): boolean {
  return /^["']?\s*\n-----BEGIN /.test(textBehind(candidate, MAX_NEXT_BYTES));
}

const HEX = /^(?:hex\w{1,12}:)?(?:0x)?(?:[0-9a-f]{2}[: ]?){4,}$/i;
const REACH_BYTES = 1500;
/** Lines of a table of an algorithm's inputs and outputs: a number of the test, hexadecimal digits, the other's key. */
const VECTOR_PART =
  /(?:^|[{,])[ \t]*["']?(?:(?<number>count|tcid|[mkpct]len)["']?[ \t]?[:=][ \t]?\d|(?<text>pt|ct|plain_?text|cipher_?text)["']?[ \t]?[:=][ \t]?["']?(?:[0-9a-f]|$)|(?<digits>in|ad|aad|adata|msg|mac|input|output|payload|ctrl\.\w{1,12}|(?:server|client)_?random|\w{1,12}_block|n[ir]|cky_[ir]|skeyid\w{0,4})["']?[ \t]?[:=][ \t]?["']?(?:hex\w{1,12}:)?[0-9a-f]{6}|(?<other>derive|peerkey)=)/gim;
const MIN_PARTS = 2;

/** Hexadecimal digits on a line of their own, with at least two different parts of a test vector near. */
function isTestVector(candidate: Candidate, { before, file }: Surroundings): boolean {
  if (file.kind === 'code' || !HEX.test(candidate.value) || !/(?:^|[{,])\s*["']?[\w.]{0,12}$/.test(before))
    return false;
  const around = `${textBefore(candidate, REACH_BYTES)}\n${textBehind(candidate, REACH_BYTES)}`;
  const parts = new Set(
    Array.from(around.matchAll(VECTOR_PART), ({ groups }) => Object.values(groups!).join('').toLowerCase()),
  );
  return parts.size >= MIN_PARTS;
}

function textBefore({ text, match }: Candidate, length: number): string {
  const end = match.secretSpan.start;
  return latin1(text.bytes, Math.max(0, end - length), end);
}

function textBehind({ text, match }: Candidate, length: number): string {
  const { end } = match.secretSpan;
  return latin1(text.bytes, end, Math.min(text.bytes.length, end + length));
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}
