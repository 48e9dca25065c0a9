// `init`: the file that it writes is a configuration, as it is and with its examples uncommented.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG_FILE } from '../../src/config/load-config.ts';
import { createFolder } from '../temporary-folder.ts';
import { runProgram } from './run-program.ts';

describe('init', () => {
  const folder = createFolder({ 'a.txt': 'hello\n' });
  const file = join(folder, CONFIG_FILE);

  it('writes a file once', () => {
    expect(runProgram(['init'], { folder }).code).toBe(0);
    const again = runProgram(['init'], { folder });
    expect(again).toMatchObject({ code: 2, stderr: `nhi-scan: ${CONFIG_FILE}: it exists already\n` });
    expect(runProgram(['scan'], { folder })).toMatchObject({ code: 0, stderr: '' });
  });

  it('gives examples that work once they are uncommented', () => {
    const template = readFileSync(file, 'utf8');
    const examples = template.replace(/^# ?(?= *(?:- |[a-z_]+:))/gm, '');
    for (const field of ['exclude', 'max_age_days', 'disable', 'allow']) {
      expect(examples).toMatch(new RegExp(`^${field}:`, 'm'));
    }
    writeFileSync(file, examples);
    expect(runProgram(['scan'], { folder })).toMatchObject({ code: 0, stderr: '' });
  });
});
