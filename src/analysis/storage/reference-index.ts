// The reference catalogue, indexed so that a text without keywords costs one look at each of its characters.
import type {
  DigestReference,
  PatternReference,
  ReferenceEntry,
  WordReference,
} from '../../model/reference.ts';

/** A pattern that is compiled when it is first tried. */
export interface CompiledReference {
  readonly entry: PatternReference;
  /** Sticky, with indices. */
  readonly expression: () => RegExp;
}

/** What a scan makes of the catalogue, once. */
export interface ReferenceCatalogue {
  readonly forms: Readonly<Record<PatternReference['form'], KeywordIndex>>;
  /** Entries of words, each with the index of its telling words. */
  readonly words: readonly { readonly entry: WordReference; readonly index: WordIndex }[];
  /** By `length:first 16 hexadecimal digits of the SHA-256`. */
  readonly digests: ReadonlyMap<string, DigestReference>;
  readonly digestLengths: ReadonlySet<number>;
}

export interface KeywordIndex {
  /** Characters of the longest keyword. */
  readonly longest: number;
  /** Visits each keyword that occurs in `text`, in order of place. */
  readonly search: (text: string, visit: (reference: CompiledReference, at: number) => void) => void;
}

/** Every word of an entry, by kind. */
export interface WordIndex {
  readonly strong: ReadonlySet<string>;
  readonly weak: ReadonlySet<string>;
  readonly fillers: ReadonlySet<string>;
  readonly hasAny: (text: string) => boolean;
}

export function createReferenceCatalogue(entries: readonly ReferenceEntry[]): ReferenceCatalogue {
  const compiled = entries
    .filter((entry): entry is PatternReference => 'pattern' in entry)
    .map(compileLazily);
  const indexOf = (form: PatternReference['form']): KeywordIndex =>
    createKeywordIndex(compiled.filter(({ entry }) => entry.form === form));
  const digests = entries.flatMap((entry) =>
    entry.form === 'digest' ? entry.digests.map((digest): [string, DigestReference] => [digest, entry]) : [],
  );
  return {
    forms: { value: indexOf('value'), line: indexOf('line'), key: indexOf('key') },
    words: entries.flatMap((entry) =>
      entry.form === 'words' ? [{ entry, index: createWordIndex(entry) }] : [],
    ),
    digests: new Map(digests),
    digestLengths: new Set(digests.map(([digest]) => Number.parseInt(digest, 10))),
  };
}

function compileLazily(entry: PatternReference): CompiledReference {
  let expression: RegExp | undefined;
  return {
    entry,
    expression: () => (expression ??= new RegExp(entry.pattern, entry.ignoreCase ? 'dyi' : 'dy')),
  };
}

function createWordIndex({ keywords, weak, fillers }: WordReference): WordIndex {
  const telling = createTrigger([...keywords, ...weak]);
  return { strong: new Set(keywords), weak: new Set(weak), fillers: new Set(fillers), hasAny: telling };
}

interface Keyword<Item> {
  readonly text: string;
  readonly item: Item;
}

const CODES = 128;

function createKeywordIndex(references: readonly CompiledReference[]): KeywordIndex {
  const keywords = references.flatMap((item) => item.entry.keywords.map((text) => ({ text, item })));
  return { longest: Math.max(0, ...keywords.map(({ text }) => text.length)), search: createSearch(keywords) };
}

function createTrigger(words: readonly string[]): (text: string) => boolean {
  const search = createSearch(words.map((text) => ({ text, item: true })));
  return (text) => {
    let isFound = false;
    search(text, () => {
      isFound = true;
    });
    return isFound;
  };
}

// Buckets by the first two characters; a keyword of one character is in the bucket of every pair that it begins.
function createSearch<Item>(
  keywords: readonly Keyword<Item>[],
): (text: string, visit: (item: Item, at: number) => void) => void {
  const bucketOf = new Uint16Array(CODES * CODES);
  const buckets: Keyword<Item>[][] = [[]];
  const put = (pair: number, keyword: Keyword<Item>): void => {
    if (bucketOf[pair] === 0) bucketOf[pair] = buckets.push([]) - 1;
    buckets[bucketOf[pair]!]!.push(keyword);
  };
  for (const keyword of keywords) {
    const first = keyword.text.charCodeAt(0) * CODES;
    if (keyword.text.length > 1) put(first + keyword.text.charCodeAt(1), keyword);
    else for (let second = 0; second < CODES; second++) put(first + second, keyword);
  }
  return (text, visit) => {
    const lower = text.toLowerCase();
    // A few characters change their length with their case; there, the text is compared as it is.
    const folded = lower.length === text.length ? lower : text;
    for (let at = 0; at < folded.length; at++) {
      const first = folded.charCodeAt(at);
      const second = at + 1 < folded.length ? folded.charCodeAt(at + 1) : 0;
      if (first >= CODES) continue;
      const bucket = bucketOf[first * CODES + (second < CODES ? second : 0)]!;
      if (bucket === 0) continue;
      for (const { text: word, item } of buckets[bucket]!) if (folded.startsWith(word, at)) visit(item, at);
    }
  };
}
