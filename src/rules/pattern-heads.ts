// Finds how a pattern's matches begin, to prove that each begins with one of its rule's keywords.
import type { AST } from '@eslint-community/regexpp';
import { bytesOf, listBytes } from './byte-set.ts';

/** A class with more bytes than this is no literal. */
const MAX_BRANCHES = 16;

interface Heads {
  readonly keywords: readonly string[];
  readonly ignoreCase: boolean;
}

/** The beginning of a possible match that no keyword covers, or undefined when every beginning is covered. */
export function findUnkeyedHead(
  tree: AST.Pattern,
  source: { keywords: readonly string[]; ignoreCase: boolean },
): string | undefined {
  const keywords = source.keywords.map((keyword) => keyword.toLowerCase());
  const heads = growAlternatives([''], tree.alternatives, { keywords, ignoreCase: source.ignoreCase });
  return heads.find((head) => !isCovered(head, keywords));
}

function isCovered(head: string, keywords: readonly string[]): boolean {
  return keywords.some((keyword) => head.startsWith(keyword));
}

/** A head may still grow into a keyword while it is a beginning of one. */
function isOpen(head: string, keywords: readonly string[]): boolean {
  return keywords.some((keyword) => keyword.length > head.length && keyword.startsWith(head));
}

function growAlternatives(heads: string[], alternatives: readonly AST.Alternative[], by: Heads): string[] {
  return [...new Set(alternatives.flatMap((alternative) => growSequence(heads, alternative.elements, by)))];
}

function growSequence(heads: string[], elements: readonly AST.Element[], by: Heads): string[] {
  let grown = heads;
  for (const element of elements) {
    const open = grown.filter((head) => !isCovered(head, by.keywords) && isOpen(head, by.keywords));
    if (open.length === 0) break;
    const done = grown.filter((head) => !open.includes(head));
    grown = [...new Set([...done, ...growElement(open, element, by)])];
  }
  return grown;
}

// A head that stays as it is although text follows is closed by a character that no keyword holds.
const CLOSED = '\u0000';

function growElement(heads: string[], element: AST.Element, by: Heads): string[] {
  switch (element.type) {
    case 'Assertion':
      return heads;
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass': {
      const bytes = listBytes(bytesOf(element, by.ignoreCase));
      const letters = [...new Set(bytes.map((byte) => String.fromCharCode(byte).toLowerCase()))];
      if (letters.length > MAX_BRANCHES) return heads.map((head) => head + CLOSED);
      return heads.flatMap((head) => letters.map((letter) => head + letter));
    }
    case 'Group':
    case 'CapturingGroup':
      return growAlternatives(heads, element.alternatives, by);
    case 'Quantifier':
      return growQuantifier(heads, element, by);
    default:
      return heads.map((head) => head + CLOSED);
  }
}

function growQuantifier(heads: string[], node: AST.Quantifier, by: Heads): string[] {
  let grown = heads;
  const results: string[] = node.min === 0 ? [...heads] : [];
  const most = Math.min(node.max, Math.max(...by.keywords.map((keyword) => keyword.length)));
  for (let count = 1; count <= most; count++) {
    grown = growSequence(grown, [node.element], by);
    if (count >= node.min) results.push(...grown);
    if (!grown.some((head) => isOpen(head, by.keywords))) return [...new Set([...results, ...grown])];
  }
  return [...new Set([...results, ...grown])];
}
