// A word that an office program split is one again; nothing else of a document is lost, however it is read.
import { describe, expect, it } from 'vitest';
import { createBytesSource, readFromStart } from '../../../src/sources/archives/container.ts';
import { asRead } from '../../../src/sources/archives/text-runs.ts';

function join(text: string, targetBytes = 1 << 20): string {
  const read = asRead('word/document.xml', readFromStart(createBytesSource(Buffer.from(text))));
  const parts: Buffer[] = [];
  for (;;) {
    const target = Buffer.alloc(targetBytes);
    const count = read(target);
    parts.push(target.subarray(0, count));
    if (count < target.length) return Buffer.concat(parts).toString();
  }
}

function isAsRead(path: string): boolean {
  const read = readFromStart(createBytesSource(Buffer.from('x')));
  return asRead(path, read) !== read;
}

const run = (text: string, properties = ''): string =>
  `<w:r w:rsidR="00A1">${properties}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const BOLD = '<w:rPr>\n  <w:b/><w:color w:val="FF0000"/>\n</w:rPr>';

describe('text runs', () => {
  it.each([
    [run('ab') + run('cd')],
    [run('ab', BOLD) + run('cd', BOLD)],
    [`${run('ab')}\n  ${run('cd', '<w:rPr/>')}`],
    [`${run('ab')}<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0" w:name="x"/>${run('cd')}`],
    [`${run('ab')}<w:ins w:id="1" w:author="me">${run('cd', '<w:lastRenderedPageBreak/>')}</w:ins>`],
    ['<a:r><a:t>ab</a:t></a:r><a:r><a:rPr lang="en"/><a:t>cd</a:t></a:r>'],
    ['<r><t>ab</t></r><r><rPr><sz val="11"/></rPr><t>cd</t></r>'],
  ])('are one text: %#', (text) => {
    expect(join(text)).toContain('>abcd<');
  });

  it.each([
    `<w:p>${run('ab')}</w:p><w:p>${run('cd')}</w:p>`,
    `${run('ab')}<w:r><w:tab/></w:r>${run('cd')}`,
    `${run('ab')}<w:r><w:instrText>HYPERLINK "https://host.io/x"</w:instrText></w:r>${run('cd')}`,
    `<w:r><w:t>ab</w:t><w:br/><w:t>cd</w:t></w:r>`,
    '<t>ab</t><r>cd</r> é \u{1f511}',
  ])('are left apart where something stands between them: %#', (text) => {
    expect(join(text)).toBe(text);
  });

  it('are joined wherever a text is cut', () => {
    const parts = Array.from({ length: 9000 }, (_, index) => run(`é${index};`, index % 3 === 0 ? BOLD : ''));
    const whole = join(parts.join(''));
    expect(whole.match(/<w:t /g)).toHaveLength(1);
    expect(whole).toContain(Array.from({ length: 9000 }, (_, index) => `é${index};`).join(''));
    expect(join(parts.join(''), 1009)).toBe(whole);
  });

  it('stand in the parts that hold what people write', () => {
    const parts = ['word/document.xml', 'word/header1.xml', 'ppt/slides/slide1.xml', 'xl/sharedStrings.xml'];
    expect(parts.filter((part) => !isAsRead(part))).toEqual([]);
    expect(['document.xml', 'xl/worksheets/sheet1.xml', 'word/media/x.png'].filter(isAsRead)).toEqual([]);
  });
});
