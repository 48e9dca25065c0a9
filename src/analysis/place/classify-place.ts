// Where a file belongs: what a person does about a credential depends on it.
import type { Place } from '../../model/finding.ts';
import { CI_FILES, PLATFORM_FILES } from './ci-files.ts';
import { CONFIG_FILES, PACKAGE_MANAGER_FILES } from './config-files.ts';
import type { FileKind } from './file-kind.ts';
import { fileKind } from './file-kind.ts';
import { splitPath } from './file-name.ts';
import { CONTAINER_FILES, IAC_FILES } from './infrastructure-files.ts';
import { AI_AGENT_FILES, DATA_FILES, HISTORY_FILES, NOTEBOOK_FILES } from './other-files.ts';
import type { PathRows } from './path-table.ts';
import { createPathTable } from './path-table.ts';
import { isDocument, isInDocumentationFolder, isTestPath } from './path-traits.ts';
import { placeOfContent } from './place-of-content.ts';

/** In order: the first table with a fitting glob decides. */
const TABLES: PathRows<Place> = [
  ['ai-agent', AI_AGENT_FILES],
  ['ci', CI_FILES],
  ['container', CONTAINER_FILES],
  ['package-manager', PACKAGE_MANAGER_FILES],
  ['iac', IAC_FILES],
  ['ci', PLATFORM_FILES],
  ['notebook', NOTEBOOK_FILES],
  ['history', HISTORY_FILES],
  ['data', DATA_FILES],
];
const CONFIG_TABLE: PathRows<Place> = [['config', CONFIG_FILES]];

const placeOfName = createPathTable(TABLES);
const isConfigName = createPathTable(CONFIG_TABLE);

/**
 * The place of a file. Tests, documents and examples are what their folder says, whatever they show.
 * @param path relative, forward slashes
 * @param head reads the beginning of the content; asked only where the name does not decide
 */
export function classifyPlace(path: string, head?: () => string): Place {
  if (isTestPath(path)) return 'test';
  if (isInDocumentationFolder(path)) return 'docs';
  const [dir, name] = splitPath(path);
  const named = placeOfName(dir, name);
  if (named) return named;
  if (isDocument(path)) return 'docs';
  const kind = fileKind(path);
  const shown = head && mayHoldManifests(kind, name) ? placeOfContent(head()) : undefined;
  return shown ?? isConfigName(dir, name) ?? PLACE_OF_KIND[kind];
}

/** Kinds whose content says more than their name. */
function mayHoldManifests(kind: FileKind, name: string): boolean {
  return kind === 'yaml' || kind === 'json' || (kind === 'unknown' && !name.includes('.'));
}

const PLACE_OF_KIND: Readonly<Record<FileKind, Place>> = {
  yaml: 'config',
  json: 'config',
  toml: 'config',
  dotenv: 'config',
  properties: 'config',
  ini: 'config',
  xml: 'config',
  hcl: 'iac',
  shell: 'code',
  code: 'code',
  dockerfile: 'container',
  makefile: 'ci',
  notebook: 'notebook',
  html: 'code',
  css: 'code',
  markdown: 'docs',
  sql: 'data',
  csv: 'data',
  log: 'history',
  text: 'data',
  unknown: 'data',
};
