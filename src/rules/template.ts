// Expands the templates of rule examples: the same seed gives the same text, and no token stands in a file.
import { CHECKSUMS } from '../model/checksum/registry.ts';

const DIGIT = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();

/** Each class as groups of which a run of three or more characters holds at least one each. */
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  digit: [DIGIT],
  lower: [LOWER],
  upper: [UPPER],
  alpha: [LOWER, UPPER],
  alnum: [DIGIT, LOWER, UPPER],
  'lower-alnum': [DIGIT, LOWER],
  'upper-alnum': [DIGIT, UPPER],
  hex: [DIGIT, 'abcdef'],
  'upper-hex': [DIGIT, 'ABCDEF'],
  base64: [`${DIGIT}+/`, LOWER, UPPER],
  base64url: [`${DIGIT}-_`, LOWER, UPPER],
  base32: ['234567', UPPER],
  base58: ['123456789', 'abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ'],
};

const HOLE = /<([a-z][a-z0-9-]*)(?::((?:[^<>]|<[a-z][a-z0-9-]*(?::[^<>]*)?>)*))?>/g;

export interface TemplateOptions {
  /** Whatever makes this expansion differ from others, such as the rule id and a number. */
  readonly seed: string;
  /** Checksum family for `<checksum>`. */
  readonly checksum?: string | undefined;
}

/**
 * Expands `<class:N>`, `<uuid>`, `<base64:…>`, `<base64url:…>`, `<pem:N>`, `<repeat:x:N>` and `<checksum>`; other text
 * in angle brackets stands for itself.
 * @throws Error when a template asks for a checksum that its rule does not declare
 */
export function expandTemplate(template: string, options: TemplateOptions): string {
  return expand(template, createRandom(options.seed), options);
}

type Random = (below: number) => number;

function expand(template: string, random: Random, options: TemplateOptions): string {
  let text = '';
  let end = 0;
  for (const hole of template.matchAll(HOLE)) {
    text += template.slice(end, hole.index);
    text += fillHole({ name: hole[1]!, argument: hole[2], literal: hole[0], before: text }, random, options);
    end = hole.index + hole[0].length;
  }
  return text + template.slice(end);
}

interface Hole {
  readonly name: string;
  readonly argument: string | undefined;
  readonly literal: string;
  readonly before: string;
}

function fillHole(hole: Hole, random: Random, options: TemplateOptions): string {
  const { name, argument } = hole;
  const groups = CLASSES[name];
  if (groups && argument !== undefined && /^\d/.test(argument)) {
    return drawCharacters(groups, drawLength(argument, random), random);
  }
  if (name === 'uuid') return drawUuid(random);
  if (name === 'pem' && argument) return drawPem(Number(argument), random);
  if ((name === 'base64' || name === 'base64url') && argument !== undefined) {
    return Buffer.from(expand(argument, random, options), 'latin1').toString(name);
  }
  if (name === 'repeat') return repeatCharacter(hole);
  if (name === 'checksum') return completeChecksum(hole.before, options.checksum);
  return hole.literal;
}

function repeatCharacter({ argument = '', literal }: Hole): string {
  const [, character, count] = /^(.):(\d{1,4})$/.exec(argument) ?? [];
  return character === undefined ? literal : character.repeat(Number(count));
}

function completeChecksum(before: string, family: string | undefined): string {
  const checksum = family === undefined ? undefined : CHECKSUMS[family];
  if (!checksum) throw new Error(`<checksum> needs a rule with a known checksum, not '${family ?? 'none'}'`);
  return checksum.complete(before);
}

function drawLength(argument: string, random: Random): number {
  const [low, high] = argument.split('-').map(Number) as [number, number?];
  return high === undefined ? low : low + random(high - low + 1);
}

function drawCharacters(groups: readonly string[], length: number, random: Random): string {
  const alphabet = groups.join('');
  const characters = Array.from({ length }, () => alphabet[random(alphabet.length)]!);
  if (length >= 3) coverGroups(characters, groups, random);
  return characters.join('');
}

// A run without a digit would be rare but would make a test fail once in a thousand seeds.
function coverGroups(characters: string[], groups: readonly string[], random: Random): void {
  const missing = groups.filter((group) => !characters.some((character) => group.includes(character)));
  for (const group of missing) {
    const crowded = characters.findIndex((character, index) => {
      const own = groups.find((candidate) => candidate.includes(character));
      return characters.some((other, place) => place !== index && own?.includes(other));
    });
    characters[Math.max(crowded, 0)] = group[random(group.length)]!;
  }
}

function drawUuid(random: Random): string {
  const hex = drawCharacters([DIGIT, 'abcdef'], 32, random);
  const variant = '89ab'[random(4)]!;
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20),
  ].join('-');
}

function drawPem(byteCount: number, random: Random): string {
  const bytes = Buffer.from(Array.from({ length: byteCount }, () => random(256)));
  return bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
}

// mulberry32 over an FNV-1a hash of the seed: small, and the same on every platform.
function createRandom(seed: string): Random {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index++) {
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);
  }
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}
