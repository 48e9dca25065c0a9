// Names as texts to be scanned: those of files and of refs are published as contents are.
import type { Input } from './input.ts';

const NAMES_PER_TEXT = 20_000;

/** @param paths in bytes, one character each */
export function nameFiles(paths: readonly string[]): Input[] {
  const texts: Input[] = [];
  for (let at = 0; at < paths.length; at += NAMES_PER_TEXT) {
    texts.push(createText('(file names)', paths.slice(at, at + NAMES_PER_TEXT)));
  }
  return texts;
}

/** @param lines in bytes, one character each */
export function createText(path: string, lines: readonly string[]): Input {
  const bytes = Buffer.from(`${lines.join('\n')}\n`, 'latin1');
  return { kind: 'bytes', provenance: { kind: 'object', path, object: '' }, bytes };
}
