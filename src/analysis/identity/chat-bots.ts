// Bots of chat services: the token begins with the id of the bot, and a Discord id with the time it was made.
import type { Decoder, Facts } from './decoder.ts';

/** Discord counts from the first second of 2015; the low 22 bits of an id are no time. Source: Discord documentation, “Snowflakes”. */
const DISCORD_EPOCH_MS = 1_420_070_400_000;
/** Older tokens count their time of issue from the first second of 2011. */
const OLD_ISSUE_EPOCH_SECONDS = 1_293_840_000;

/** A bot token `<id>.<time>.<secret>`, or a webhook address with its id. */
export const decodeDiscord: Decoder = ({ secret, nowMs }) => {
  const hook = /\/api\/(?:v\d{1,2}\/)?webhooks\/(\d{17,20})\//.exec(secret);
  if (hook) return { kind: 'webhook', subject: hook[1], createdAtMs: snowflakeTimeMs(hook[1]!) };
  const token = /^([\w-]{22,28})\.([\w-]{6,7})\.[\w-]{20,64}$/.exec(secret);
  const id = token && Buffer.from(token[1]!, 'base64url').toString('latin1');
  return id && /^\d{17,20}$/.test(id) ? readBotToken(id, token[2]!, nowMs) : {};
};

function readBotToken(id: string, issue: string, nowMs: number): Facts {
  const accountMs = snowflakeTimeMs(id);
  const seconds = Buffer.from(issue, 'base64url').readUIntBE(0, 4);
  const issuedMs = [seconds, seconds + OLD_ISSUE_EPOCH_SECONDS]
    .map((candidate) => candidate * 1000)
    .find((candidateMs) => candidateMs >= accountMs && candidateMs <= nowMs);
  return {
    kind: 'bot',
    subject: id,
    createdAtMs: issuedMs ?? accountMs,
    details: [issuedMs === undefined ? 'created with its bot at the earliest' : undefined],
  };
}

function snowflakeTimeMs(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS;
}

/** The digits before the colon are the bot's user id. */
export const decodeTelegram: Decoder = ({ secret }) => {
  const id = /(?:^|\/bot)(\d{5,16}):/.exec(secret)?.[1];
  return id === undefined ? {} : { kind: 'bot', subject: `bot ${id}` };
};
