// Whose machine identity a credential is, as far as it can be read offline.
import type { Identity } from '../../model/finding.ts';
import { escapeControls } from '../../model/redact.ts';
import type { Decoder, Facts, IdentityInput } from './decoder.ts';
import { DECODERS } from './decoders.ts';

export interface IdentityReading {
  readonly identity: Identity;
  /** True when the credential itself says that its time is over. */
  readonly expired: boolean;
  /** Remarks that bear on severity or confidence, for people. */
  readonly notes: readonly string[];
}

/** Decoders see no more than this of a secret and of its context. */
const MAX_TEXT_LENGTH = 65_536;
const MAX_SHOWN_LENGTH = 200;
/** Shorter secret parts would hide half of the alphabet's words. */
const MIN_HIDDEN_LENGTH = 4;

// Nothing that this tool finds was made before the first, or is made to last beyond the second.
const EARLIEST_MS = Date.UTC(2005, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);

/**
 * Reads what the decoder that the rule names can read, over what the rule itself says. Never throws.
 * @param hide redacts what else is known to be a secret: a user name or a path may be one
 */
export function identify(input: IdentityInput, hide: (text: string) => string): IdentityReading {
  const facts = findDecoder(input.decoder)(withinBounds(input));
  const show = createShow([input.secret, ...(facts.secretParts ?? [])], hide);
  const identity = createIdentity(input, facts, show);
  const expired = identity.expiresAt !== undefined && facts.expiresAtMs! <= input.nowMs;
  const notes = [
    ...(facts.notes ?? []).map(show),
    expired ? `expired on ${identity.expiresAt.slice(0, 10)}` : undefined,
  ];
  return { identity, expired, notes: notes.filter(isDefined) };
}

function findDecoder(name: string | undefined): Decoder {
  const decoder = name !== undefined && Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  return decoder ?? (() => ({}));
}

function createIdentity(input: IdentityInput, facts: Facts, show: Show): Identity {
  const details = (facts.details ?? []).map(show).filter(isDefined);
  return {
    kind: show(facts.kind) ?? input.kind,
    provider: show(facts.provider) ?? input.provider,
    ...withoutUndefined({
      account: show(facts.account),
      subject: show(facts.subject),
      issuer: show(facts.issuer),
      environment: input.environment ?? show(facts.environment),
      createdAt: toIsoTime(facts.createdAtMs),
      expiresAt: toIsoTime(facts.expiresAtMs),
      note: details.length === 0 ? undefined : details.join('; '),
    }),
  };
}

function withinBounds(input: IdentityInput): IdentityInput {
  return {
    ...input,
    secret: input.secret.slice(0, MAX_TEXT_LENGTH),
    context: input.context.slice(0, MAX_TEXT_LENGTH),
  };
}

type Show = (text: string | undefined) => string | undefined;

/** Makes a text fit for display, or drops it: when it is empty, or holds one of the secrets. */
function createShow(secrets: readonly (string | undefined)[], hide: (text: string) => string): Show {
  const hidden = secrets.filter(isDefined).filter((secret) => secret.length >= MIN_HIDDEN_LENGTH);
  return (text) => {
    if (text === undefined || hidden.some((secret) => text.includes(secret))) return undefined;
    const line = escapeControls(hide(fromLatin1(text)).replace(/\s+/g, ' ').trim());
    if (line === '') return undefined;
    return line.length <= MAX_SHOWN_LENGTH ? line : `${line.slice(0, MAX_SHOWN_LENGTH)}…`;
  };
}

/** Contexts are latin1; a text whose bytes are UTF-8 is read as such. */
function fromLatin1(text: string): string {
  if (!/^[\u0000-\u00ff]*[\u0080-\u00ff]/.test(text) || /[^\u0000-\u00ff]/.test(text)) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
}

function toIsoTime(timeMs: number | undefined): string | undefined {
  if (timeMs === undefined || !(timeMs >= EARLIEST_MS && timeMs < LATEST_MS)) return undefined;
  return new Date(timeMs).toISOString();
}

function isDefined<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}

type Defined<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<Fields>;
}
