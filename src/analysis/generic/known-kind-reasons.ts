// Reasons that the value is of a known kind that opens nothing: an id, an address, a public key, a method, a text.
import type { Candidate } from '../candidate.ts';
import { countOpaque } from '../storage/readability.ts';
import type { Reason } from './reason.ts';
import type { Surroundings } from './surroundings.ts';

/** A short mark such as `1d` or `V20` is still a word. */
const MAX_OPAQUE = 5;

/** `CWE-798`, `CVE-2021-44228`, `NHI2:2025`: what reports say of a credential. */
const WEAKNESS = /^(?:CWE-\d{1,5}|CVE-\d{4}-\d{4,7}|(?:NHI|API|LLM|A)\d{1,2}:\d{4})$/;

export const KNOWN_KIND_REASONS: readonly Reason[] = [
  {
    test: ({ value }) => /^(?:UA-\d{4,10}-\d{1,3}|GTM-[A-Z0-9]{5,8}|G-[A-Z0-9]{8,12})$/.test(value),
    because: 'it is the public id of a counter of visits',
    by: 'public',
  },
  { test: isOfBadge, because: 'it shows a badge to everybody', by: 'public' },
  {
    test: ({ value }) => /^0x[0-9a-f]{40}$/i.test(value),
    because: 'it is the address of a contract or an account of a blockchain',
  },
  {
    test: ({ value }) => /^B[\w-]{86}$/.test(value),
    because: 'it is a public key: a point of the curve P-256',
  },
  {
    test: (_, { before }) => /"key_id":\s?"\d{6,22}",\s?"?$/.test(before),
    because: 'it is the public key that secrets are sealed with',
  },
  {
    test: ({ value }, { reading }) =>
      reading.words.some((word) => /^[gp]pg$|^pgp$/.test(word)) && /^(?:0x)?[0-9a-f]{8,40}$/i.test(value),
    because: 'it is the id of a public key',
  },
  {
    test: ({ value }, { before }) =>
      /\b(?:u?int\d{0,2}(?:_t)?|long|short|byte|size_t|float|double|Integer|Long)\s+$/.test(before) &&
      /^-?(?:\d+|0x[\da-f]+)[ul]{0,3}$/i.test(value),
    because: 'it is a number',
  },
  { test: ({ value }) => /^\d+(?:\.\d+)?%[a-z]?$/.test(value), because: 'it is a share' },
  { test: ({ value }) => WEAKNESS.test(value), because: 'it is the id of a weakness' },
  { test: ({ value }) => /^AC[\da-f]{32}$/.test(value), because: 'it is the id of an account' },
  { test: ({ value }) => METHOD.test(value), because: 'it is the name of a method to sign in' },
  { test: ({ value }) => /^-l[a-z][\w+.-]*$/.test(value), because: 'it is an option of a linker' },
  { test: isFieldName, because: 'it is a name that a program gives' },
  { test: isAlphabet, because: 'it lists characters' },
  { test: isOfOneRequest, because: 'it signs one request and opens nothing else' },
  { test: isGreeting, because: 'it is what both sides say before anybody proves anything' },
  { test: isUnsigned, because: 'it is a token without its signature' },
  {
    test: ({ value }) => /^-----BEGIN [A-Z0-9 ]{3,40}-----(?:\\{1,2}[rn]|\s)*$/.test(value),
    because: 'it is the frame of a key without the key',
  },
  {
    test: ({ value }, { reading }) => reading.words.includes('seed') && /^\d+$/.test(value),
    because: 'it starts a row of random numbers',
  },
  { test: ({ value }) => /^(?:\d+:\d+:|:{2,}\w)/.test(value), because: 'it is the rest of a line of passwd' },
  { test: isPatternLiteral, because: 'it is a regular expression' },
  { test: isTranslated, because: 'it is a text of a translation' },
];

/** As SASL, EAP and RADIUS call them. */
const METHOD =
  /^(?:\w{1,12}[-_])?(?:plain|login|cram-md5|digest-md5|scram-sha-(?:1|256|512)(?:-plus)?|gssapi|gss-spnego|spnego|kerberos|negotiate|ntlm(?:v2)?|ntlmssp|xoauth2?|oauthbearer|(?:ms)?-?chap(?:v?2)?|mschapv2-and-ntlmv2-only|eap-[a-z0-9]{2,8}|pap|peap|ttls|x\.?509)$/i;

/** `badge.svg?token=…`: whoever may see the page sees it. */
function isOfBadge(_: Candidate, { before }: Surroundings): boolean {
  return /badge[\w./-]{0,60}\?(?:[\w-]{1,20}=[\w.-]{0,40}&)?$/i.test(before);
}

/** `key="rain_1d",`: an argument by name, whose value is words. */
function isFieldName({ value }: Candidate, { name, before, between, after }: Surroundings): boolean {
  if (name !== 'key' || before.trim() !== '' || !/^=["']$/.test(between) || !/^["'],/.test(after))
    return false;
  return /^[A-Za-z][\w./:-]*$/.test(value) && countOpaque(value) <= MAX_OPAQUE;
}

function isAlphabet({ value }: Candidate): boolean {
  return /a-z.{0,3}A-Z|A-Z.{0,3}(?:a-z|0-9)|a-z.{0,3}0-9/.test(value) || isAscending(value);
}

const MIN_ALPHABET = 16;
/** Digits, capitals and small letters in some order, and a few signs behind them. */
const MAX_DESCENTS = 3;

/** Every character stands once, and nearly each is greater than the one before it: `23456789ABCDEFGHJK…`. */
function isAscending(value: string): boolean {
  if (value.length < MIN_ALPHABET || new Set(value).size < value.length) return false;
  let descents = 0;
  for (let at = 1; at < value.length; at++) if (value[at]! < value[at - 1]!) descents++;
  return descents <= MAX_DESCENTS;
}

/** `AKIA…/20260101/us-east-1/s3/aws4_request`: who signed, when and for what; and a header that holds it. */
const SCOPE = /^[^\s/%]{3,128}(?:\/|%2F)\d{8}(?:\/|%2F)\S{3,128}?_request/i;
const SIGNED_HEADER = /^[A-Z][A-Z0-9]{1,12}-(?:HMAC|ECDSA)(?:-[A-Z0-9]{3,8}){1,3}(?:$|[\s,])/;

function isOfOneRequest({ value }: Candidate): boolean {
  return SCOPE.test(value) || SIGNED_HEADER.test(value);
}

/** The first and second message of NTLM: what a client can do, and the challenge of the server. */
function isGreeting({ value }: Candidate): boolean {
  return /^(?:NTLM |Negotiate )?TlRMTVNTUAA[BC]AAAA/.test(value);
}

/** The header of a JSON web token, alone or with claims that nothing signs; under `secret` it would be one all the same. */
function isUnsigned({ value }: Candidate, { reading }: Surroundings): boolean {
  if (reading.kind !== 'token') return false;
  const [header = '', , signature, ...others] = value.split('.');
  const hasNone = others.every((part) => part === '') && (signature === undefined || signature === '');
  if (!header.startsWith('ey') || !hasNone || /^[^.]*\.[^.]*$/.test(value)) return false;
  return /^\{[^]*"(?:alg|typ)"\s*:/.test(Buffer.from(header, 'base64url').toString('latin1'));
}

/** Between slashes or other marks, with classes, anchors or groups: `/[^a-z0-9_]/i`. */
function isPatternLiteral({ value }: Candidate): boolean {
  const body = /^([/|#~@!])(.{2,400})\1[a-zA-Z]{0,6}$/.exec(value)?.[2];
  return body !== undefined && /\[[^\]]{2,}\]|^\^|\$$|\\[swdb]|\(\?/.test(body);
}

/** Most of its characters are letters of other scripts, or its file holds translations and it is no row of digits. */
function isTranslated({ value }: Candidate, { file }: Surroundings): boolean {
  const text = value.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
  const others = text.match(/[\u00a1-\uffff]/g)?.length ?? 0;
  if (others * 2 >= text.length) return true;
  return file.isTranslation && (others > 0 || /\s/.test(text) || !/\d/.test(text));
}
