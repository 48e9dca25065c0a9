// Trees of any size for the bench: source-like text, the same for the same numbers.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TreeSize {
  readonly files: number;
  readonly bytesPerFile: number;
}

const FILES_PER_FOLDER = 200;
/** Enough for trees of any size to hold as much of everything in a megabyte. */
const TEXT_BYTES = 4_000_000;

export function generateTree(folder: string, { files, bytesPerFile }: TreeSize): void {
  const random = createRandom(31);
  // A few texts, cut at other places each time: making every byte anew would take longer than scanning it.
  const text = writeLines(Math.max(TEXT_BYTES, bytesPerFile * 4), random);
  for (let index = 0; index < files; index++) {
    const parent = join(folder, `part-${Math.floor(index / FILES_PER_FOLDER)}`);
    if (index % FILES_PER_FOLDER === 0) mkdirSync(parent, { recursive: true });
    const start = random(text.length - bytesPerFile);
    writeFileSync(join(parent, `module-${index}.ts`), text.slice(start, start + bytesPerFile));
  }
}

const WORDS =
  `const let return function export import from value index token password secret key name type string number
 boolean length result error message path file user config options request response client server data list item map
 filter reduce join split slice push pop shift number await async throw catch finally class extends private readonly`
    .trim()
    .split(/\s+/);

function writeLines(bytes: number, random: (below: number) => number): string {
  const lines: string[] = [];
  let length = 0;
  while (length < bytes) {
    const words = Array.from({ length: 3 + random(9) }, () => WORDS[random(WORDS.length)]!);
    const line = `${' '.repeat(random(5) * 2)}${words.join(random(3) === 0 ? '.' : ' ')} = ${words[0]}(${random(1e6)});`;
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n');
}

/** Dense with what makes a scanner work: keywords without values, runs, and repetitions that patterns like to retry. */
export function generateHostileTree(folder: string, { files, bytesPerFile }: TreeSize): void {
  mkdirSync(folder, { recursive: true });
  const pieces = [
    'password = ',
    'token: "',
    'api_key=',
    'AKIA',
    'ghp_',
    'eyJ',
    '-----BEGIN ',
    'https://a:',
    'secret',
    '"""',
  ];
  const fillers = [' ', 'a', 'A1', '=', '"', '-', '.', '/', '\\', 'key='];
  for (let index = 0; index < files; index++) {
    const piece = pieces[index % pieces.length]!;
    const filler = fillers[Math.floor(index / pieces.length) % fillers.length]!;
    const unit = piece + filler.repeat(index % 3 === 0 ? 400 : 12);
    writeFileSync(join(folder, `hostile-${index}.txt`), unit.repeat(Math.ceil(bytesPerFile / unit.length)));
  }
}

/** A linear congruential generator: all that is asked of it is to give the same numbers everywhere. */
function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
