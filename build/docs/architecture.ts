// docs/architecture.md: the layers, from the table that the architecture test enforces.
import { PACKAGES, ROOMS } from '../../test/architecture.ts';
import { code, page, table } from './markdown.ts';

export function describeArchitecture(): string {
  const rooms = Object.entries(ROOMS).map(([name, { role, imports, isPure }]) => [
    code(name === 'index' ? 'src/index.ts' : `src/${name}/`),
    role,
    imports.map(code).join(' ') || 'nothing of ours',
    isPure ? 'yes' : '',
  ]);
  const packages = Object.entries(PACKAGES).map(([name, paths]) => [code(name), paths.map(code).join(' ')]);
  return page('Architecture', [
    'Source → Blob → Match → Finding, suppressed or slot → Report → format. Stages never import one another; they meet in `scan/` only.',
    drawLayers(),
    'The table is enforced by `test/architecture.test.ts`. *Pure* rooms know no clock, chance, environment or process: the same bytes in, the same bytes out.',
    table(['room', 'role', 'imports', 'pure'], rooms),
    '## Packages',
    table(['package', 'imported only in'], packages),
  ]);
}

/** Each room stands above all that it imports. */
function drawLayers(): string {
  const heights = new Map<string, number>();
  const heightOf = (name: string): number => {
    const known = heights.get(name);
    if (known !== undefined) return known;
    const height = Math.max(-1, ...ROOMS[name]!.imports.map(heightOf)) + 1;
    heights.set(name, height);
    return height;
  };
  const layers: string[][] = [];
  for (const name of Object.keys(ROOMS)) (layers[heightOf(name)] ??= []).push(name);
  const lines = layers.map((names) => names.join('   ')).reverse();
  return `\`\`\`text\n${lines.join('\n')}\n\`\`\``;
}
