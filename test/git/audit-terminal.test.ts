// The audit of a baseline in a terminal, which `script` of util-linux makes: what a person sees who types, and breaks off.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { credentialLine, run } from './program.ts';
import { createFolder, GIT_ENVIRONMENT } from './repository.ts';

const hasTerminal = /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '');
const QUESTION = '(q)uit: ';

/** When the one is shown, the other is typed. */
type Step = readonly [shown: string, typed: string];

/** @returns what was shown, and the exit code */
async function audit(folder: string, steps: readonly Step[]): Promise<{ said: string; code: number | null }> {
  const program = `'${process.execPath}' '${resolve('bin/nhi-scan.js')}' baseline audit`;
  const child = spawn('script', ['-qec', program, '/dev/null'], {
    cwd: folder,
    env: { ...GIT_ENVIRONMENT, TERM: 'xterm', USER: 'tester' },
    // One that is asked something else waits for an answer for good.
    timeout: 20_000,
  });
  const left = [...steps];
  let said = '';
  let seen = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    const [shown, typed] = left[0] ?? [QUESTION, ''];
    const at = said.indexOf(shown, seen);
    if (at === -1 || left.length === 0) return;
    seen = at + shown.length;
    left.shift();
    child.stdin.write(typed);
  });
  const code = await new Promise<number | null>((settle) => child.on('close', settle));
  return { said, code };
}

function createAudited(): { folder: string; read: () => string } {
  const folder = createFolder();
  writeFileSync(join(folder, 'a.env'), `${credentialLine('one')}${credentialLine('two')}`);
  run(folder, ['baseline', 'create']);
  return { folder, read: () => readFileSync(join(folder, '.nhi-scan.baseline'), 'utf8') };
}

describe.skipIf(!hasTerminal)('nhi-scan baseline audit in a terminal', () => {
  it('keeps its question while the answer is edited', async () => {
    const { folder, read } = createAudited();
    const { said, code } = await audit(folder, [
      [QUESTION, 'x'],
      // Without its last letter all of the line is drawn again.
      ['x', '\u007f'],
      [QUESTION, 't\r'],
      [QUESTION, 'q\r'],
    ]);
    expect(code).toBe(0);
    expect(said).not.toContain('> ');
    expect(read().match(/\ttest\t/g)).toHaveLength(1);
  });

  it('keeps nothing where it is broken off', async () => {
    const { folder, read } = createAudited();
    const before = read();
    const { code } = await audit(folder, [
      [QUESTION, 't\r'],
      [QUESTION, '\u0003'],
    ]);
    expect(code).toBe(130);
    expect(read()).toBe(before);
  });
});
