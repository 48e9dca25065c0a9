// What a hostile name must not do, whatever the format: act on a terminal, a CI log, a browser, a spreadsheet, a page.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormatOptions, RuleDescription } from '../../src/reports/formatter.ts';
import { escapeMarkdown, escapeMarkdownCode } from '../../src/reports/escape.ts';
import { FORMATS } from '../../src/reports/registry.ts';
import { createReportOf, HOSTILE_TEXTS } from './hostile-report.ts';
import { renderAll, SAMPLE_OPTIONS } from './sample-report.ts';

const NAMES = Object.keys(FORMATS);

/** Texts that are put together from what means something to some sink. */
const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE_TEXTS),
      fc.constantFrom(
        '::',
        '##',
        '[',
        ']',
        '\n',
        '\r',
        '\t',
        ' ',
        '<',
        '>',
        '&',
        '"',
        "'",
        '`',
        '|',
        '\\',
        '@',
        '#',
        '%',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text !== '');

function createRule(text: string): RuleDescription {
  return {
    id: 'private-key',
    name: text,
    provider: text,
    description: text,
    revoke: text,
    workloadIdentity: text,
    references: [text],
    severity: 'high',
    confidence: 'high',
  };
}

function render(name: string, text: string, options: Partial<FormatOptions> = {}): string {
  const rule = createRule(text);
  const all = { ...SAMPLE_OPTIONS, describeRule: () => rule, verbose: true, ...options };
  return renderAll(FORMATS[name]!.format(createReportOf(text), all));
}

function checkAll(check: (text: string) => void): void {
  for (const text of HOSTILE_TEXTS) check(text);
  fc.assert(fc.property(hostileText, check));
}

/** The command that the runner of GitHub Actions (`v2`, else `v1`), Azure Pipelines or TeamCity would see in a line. */
function readCommand(line: string): string | undefined {
  const trimmed = line.trimStart();
  const v2 = /^::([^ :]*)(?: [^]*?)?::/.exec(trimmed);
  if (v2) return v2[1];
  return /##[\w.]*\[[^\]]*/.exec(line)?.[0];
}

const OWN_SGR = /\u001b\[(?:\d+;?)*m/g;
/** C0 but line ends, DEL, C1, bidirectional and zero-width characters. */
const ACTIVE =
  /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

function parseRows(csv: string): string[][] {
  return csv
    .split('\r\n')
    .slice(0, -1)
    .map((row) =>
      [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|(\d+))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
      ),
    );
}

function listTags(markup: string): string[] {
  return [...markup.replace(/<style>[^]*?<\/style>/, '').matchAll(/<([^>]*)>/g)].map(([, tag]) => tag!);
}

/** Elements and names of attributes. */
function outlineXml(xml: string): string[] {
  return listTags(xml).map((tag) => tag.replace(/"[^"]*"/g, '""'));
}

/** Everything but what stands in code spans. */
function outlineMarkdown(page: string): string {
  return page.replace(/`[^`\n]*`|—/g, '``');
}

describe.each(NAMES)('%s', (name) => {
  it('has no character that acts on a terminal', () => {
    checkAll((text) => {
      expect(render(name, text)).not.toMatch(ACTIVE);
    });
  });

  it('has no command of a CI system but its own', () => {
    checkAll((text) => {
      const commands = render(name, text)
        .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
        .map(readCommand)
        .filter((command) => command !== undefined);
      // One finding, and that the scan is incomplete.
      expect(commands).toEqual(name === 'github' ? ['error', 'error'] : []);
    });
  });
});

describe('text', () => {
  it('has no character that acts but its own colours', () => {
    checkAll((text) => {
      expect(render('text', text, { color: true }).replace(OWN_SGR, '')).not.toMatch(ACTIVE);
    });
  });

  it('lets no name begin a line as a section of Buildkite or GitLab', () => {
    checkAll((text) => {
      expect(render('text', text)).not.toMatch(/^\s*(?:---|\+\+\+|~~~|\^\^\^ )/m);
    });
  });
});

describe('github', () => {
  it('has properties of its own only, and gives names back', () => {
    checkAll((text) => {
      const line = render('github', text).split('\n')[0]!;
      const properties = /^::error ([^]*?)::/
        .exec(line)![1]!
        .split(',')
        .map((property) => property.split('=')[0]);
      expect(properties).toEqual(['file', 'line', 'endLine', 'title']);
    });
    const file = /file=([^,]*)/.exec(render('github', 'a:b,c%25.env'))![1]!;
    expect(decodeURIComponent(file)).toBe('a:b,c%25.env');
  });
});

describe('csv', () => {
  it('has as many cells in every row, and none that begins like a formula', () => {
    checkAll((text) => {
      const rows = parseRows(render('csv', text));
      expect(rows).toHaveLength(2);
      expect(rows[1]).toHaveLength(rows[0]!.length);
      expect(rows[1]!.filter((cell) => /^[\s"]*[=+\-@\t\r＝＋－＠]/u.test(cell))).toEqual([]);
    });
  });

  it('gives plain texts back', () => {
    const cells = parseRows(render('csv', 'say "x", y; z'))[1]!;
    expect(cells).toContain('say "x", y; z!inner.pem');
  });
});

describe('markup', () => {
  const ALLOWED_TAGS =
    /^\/?(?:html|head|meta|title|style|body|main|h[1-3]|p|div|b|svg|rect|article|header|span|pre|mark|dl|dt|dd|code|ul|li|a|section)$/;

  it('html: has the same elements whatever the names are', () => {
    const plain = listTags(render('html', 'plain'));
    expect(
      plain
        .slice(1)
        .map((tag) => tag.split(' ')[0]!)
        .filter((tag) => !ALLOWED_TAGS.test(tag)),
    ).toEqual([]);
    checkAll((text) => {
      if (text.startsWith('https:')) return;
      expect(listTags(render('html', text))).toEqual(plain);
    });
  });

  it('html: runs nothing and fetches nothing', () => {
    const page = render('html', 'plain');
    expect(page).toContain("content=\"default-src 'none'; style-src 'sha256-");
    expect(page).not.toMatch(/<script|<iframe|<img|<link|<form|\son\w+=|\ssrc=|url\(|javascript:|@import/i);
    const hrefs = [...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
    expect(hrefs.filter((href) => !href.startsWith('https://'))).toEqual([]);
  });

  it('html: links only to plain addresses', () => {
    expect(render('html', 'https://example.com/a?b=c')).toContain('href="https://example.com/a?b=c"');
    for (const url of [
      'javascript:alert(1)',
      'http://example.com',
      'https://example.com/"x',
      'https://example.com/ x',
    ]) {
      expect(render('html', url)).not.toMatch(/href="(?:javascript|http:|https:\/\/example)/);
    }
  });

  it('junit: has the same elements and attributes whatever the names are, and no character that XML forbids', () => {
    const plain = outlineXml(render('junit', 'plain'));
    checkAll((text) => {
      const xml = render('junit', text);
      expect(outlineXml(xml)).toEqual(plain);
      expect(xml).not.toMatch(/[\ufffe\uffff]|\p{Surrogate}/u);
      expect(xml.replace(/&#\d+;/g, '')).not.toContain('&');
    });
  });
});

describe('markdown', () => {
  it('has code spans and tables of its own only', () => {
    const options = { describeRule: () => createRule('plain') };
    const plain = outlineMarkdown(render('markdown', 'plain', options));
    checkAll((text) => {
      expect(outlineMarkdown(render('markdown', text, options))).toBe(plain);
    });
  });

  it('leaves nothing in code that ends it or its cell', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(escapeMarkdownCode(text)).toMatch(/^(?:—|`[^`|\n\r]+`)$/);
      }),
    );
  });

  it('leaves nothing in text that is markup, a mention or a link but plain addresses', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const bare = escapeMarkdown(text)
          .replace(/\\[!-/:-@[-`{-~]/g, '')
          .replaceAll('@<!-- -->', '')
          .replace(/<https:\/\/[\w.~/%&=?#+-]*>/g, '');
        expect(bare).not.toMatch(/[`*_[\]<>|~&$#@\n\r]|:\/\/|www\./i);
      }),
    );
    expect(escapeMarkdown('see https://example.com/a_b, or http://example.com')).toBe(
      'see <https://example.com/a_b>, or http\\://example.com',
    );
    expect(escapeMarkdown('- 1. @all')).toBe('\\- 1. @<!-- -->all');
  });
});
