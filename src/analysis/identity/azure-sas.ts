// Shared access signatures: an address that says in clear what it opens, and until when.
import type { Decoder, Facts } from './decoder.ts';
import { runAround } from './text-search.ts';
import { hostOf, readQuery } from './url-query.ts';

/** Source: Microsoft Learn, “Create a service SAS” and “Create an account SAS”. */
export const decodeAzureSas: Decoder = (input) => {
  const text = /(?:^|[?&;\s])se=/.test(input.secret) ? input.secret : runAround(input, /["'`<>\r\n]/);
  const query = readQuery(text);
  const host = hostOf(text);
  const policy = query.get('si') ?? query.get('skn');
  return {
    ...describeTime(query),
    account:
      /^([a-z0-9-]{3,63})\.[a-z]+\.core\.windows\.net$/i.exec(host ?? '')?.[1] ?? serviceBusHost(query),
    subject: policy,
    issuer: host,
    details: [
      label('permissions', query.get('sp')),
      label('services', query.get('ss')),
      label('resource types', query.get('srt') ?? query.get('sr')),
      label('client addresses', query.get('sip')),
      label('version', query.get('sv')),
    ],
    notes: [
      query.has('se') || policy === undefined
        ? undefined
        : `valid as long as its stored policy "${policy}" says`,
    ],
  };
};

/** ISO 8601 times in storage, seconds since 1970 in Service Bus. */
function describeTime(query: ReadonlyMap<string, string>): Facts {
  return { createdAtMs: toTimeMs(query.get('st')), expiresAtMs: toTimeMs(query.get('se')) };
}

const ISO_TIME = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,7})?(Z|[+-]\d{2}:\d{2})?)?$/;

// A time without a zone is UTC, and must not become the zone of the machine.
function toTimeMs(text: string | undefined): number | undefined {
  if (text !== undefined && /^\d{9,11}$/.test(text)) return Number(text) * 1000;
  const iso = ISO_TIME.exec(text ?? '');
  if (!iso) return undefined;
  const [, date, time = '00:00', zone = 'Z'] = iso as unknown as [string, string, string?, string?];
  const timeMs = Date.parse(`${date}T${time}${zone}`);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

/** A Service Bus token names its resource in `sr`, which is a single letter in storage. */
function serviceBusHost(query: ReadonlyMap<string, string>): string | undefined {
  const resource = query.get('sr') ?? '';
  return /^(?:[a-z]{1,8}:\/\/)?([a-z0-9.-]{4,253})/i.exec(resource)?.[1];
}

function label(name: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${name} ${value}`;
}
