// `nhi-scan init`: a configuration file to start from.
import { writeFileSync } from 'node:fs';
import { CONFIG_FILE } from '../../config/load-config.ts';
import { explainFileError } from '../../model/file-error.ts';
import { UserError } from '../../model/user-error.ts';
import { EXIT } from '../exit-code.ts';
import { print } from '../standard-streams.ts';

const TEMPLATE = `# nhi-scan configuration. Every field is optional; \`nhi-scan scan --help\` names the flags that override it.

# Lowest severity and confidence that are reported.
severity: low
confidence: medium

# What is not scanned, in .gitignore syntax. Files that git ignores are left out already.
# exclude:
#   - third_party/

# Credentials that are known to be older are one level more severe: from history, or from their own text.
# max_age_days: 90

# Rules that are not run (see \`nhi-scan rules list\`).
# disable:
#   - generic-secret

# Findings that are accepted: all the conditions of an entry must hold. Give a reason, and a date if it is a loan.
# allow:
#   - paths: [test/fixtures/]
#     reason: sample keys that open nothing
#   - rules: [jwt-token]
#     paths: [docs/]
#     pattern: '^eyJhbGciOiJub25lIn0'
#     reason: unsigned example of the tutorial
#     expires: 2027-01-31
`;

/** @throws UserError when there is a configuration already */
export function runInit(): number {
  try {
    writeFileSync(CONFIG_FILE, TEMPLATE, { flag: 'wx' });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const message = code === 'EEXIST' ? 'it exists already' : `cannot be written: ${explainFileError(error)}`;
    throw new UserError(message, { place: CONFIG_FILE });
  }
  print(`wrote ${CONFIG_FILE}\n`);
  return EXIT.clean;
}
