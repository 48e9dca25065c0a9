// Finds and reads the configuration of a scan.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../model/config.ts';
import { DEFAULT_CONFIG } from '../model/config.ts';
import { explainFileError } from '../model/file-error.ts';
import { UserError } from '../model/user-error.ts';
import type { ConfigContext } from './parse-config.ts';

export const CONFIG_FILE = '.nhi-scan.yaml';

export interface ConfigSearch {
  /** A path the user named; it must exist. */
  readonly explicit?: string | undefined;
  /** The folder in which `.nhi-scan.yaml` is looked for otherwise. */
  readonly root: string;
  /** The text of `.nhi-scan.yaml`, where that is not the file in `root`; undefined where there is none. */
  readonly readControlFile?: ((name: string) => string | undefined) | undefined;
}

/**
 * The text and name of the configuration file, or undefined where there is none.
 * @throws UserError when a named file cannot be read
 */
export function readConfigFile(search: ConfigSearch): { text: string; file: string } | undefined {
  if (search.explicit === undefined && search.readControlFile) {
    const text = search.readControlFile(CONFIG_FILE);
    return text === undefined ? undefined : { text, file: CONFIG_FILE };
  }
  const file = search.explicit ?? join(search.root, CONFIG_FILE);
  try {
    return { text: readFileSync(file, 'utf8'), file: search.explicit ?? CONFIG_FILE };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (search.explicit === undefined && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined;
    throw new UserError(`cannot read the configuration: ${explainFileError(error)}`, { place: file });
  }
}

/** The parser is loaded only where there is a file to parse: YAML costs start-up time. */
export async function loadConfig(
  search: ConfigSearch,
  context: () => Promise<Omit<ConfigContext, 'file'>>,
): Promise<Config> {
  const found = readConfigFile(search);
  if (!found) return DEFAULT_CONFIG;
  const { parseConfig } = await import('./parse-config.ts');
  return parseConfig(found.text, { ...(await context()), file: found.file });
}
