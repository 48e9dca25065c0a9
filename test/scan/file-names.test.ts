// What the name of a file says must not hide what stands in it.
import { expect, it } from 'vitest';
import { expandTemplate } from '../../src/rules/template.ts';
import { createDefaultScanner, gather, scanBytes } from './scan-bytes.ts';

const scanner = createDefaultScanner();
const SECRET = expandTemplate('<alnum:18>', { seed: 'file-names' });
const LETTERS = expandTemplate('<lower:7><upper:3><lower:6>', { seed: 'file-names' });

function secretsIn(text: string, path: string): string[] {
  return gather(scanBytes(scanner, Buffer.from(text), path)).findings.map(({ secret }) => secret);
}

it.each(['deploy.bat', 'deploy.cmd'])('finds what a batch file sets without quotes: %s', (path) => {
  const text = `@echo off\r\nset DB_PASSWORD=${SECRET}\r\nset DB_USER=app\r\nset TOKEN=%TOKEN%\r\n`;
  expect(secretsIn(text, path)).toEqual([SECRET]);
});

it.each(['chart/values-prod.yaml', 'chart/values-de.yaml'])(
  'takes the values of a chart for no translation: %s',
  (path) => {
    expect(secretsIn(`auth:\n  rootPassword: "${LETTERS}"\n`, path)).toEqual([LETTERS]);
  },
);

it.each(['res/values-de/strings.xml', 'res/values-pt-rBR/strings.xml', 'res/values-b+sr+Latn/strings.xml'])(
  'takes the texts of an Android app for translations: %s',
  (path) => {
    expect(secretsIn(`<string name="password">${LETTERS}</string>\n`, path)).toEqual([]);
    expect(secretsIn(`<string name="password">${LETTERS}</string>\n`, 'res/strings.xml')).toEqual([LETTERS]);
  },
);
