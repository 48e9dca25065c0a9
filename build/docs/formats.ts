// docs/formats.md: the report formats, from their registry.
import { FORMATS } from '../../src/reports/registry.ts';
import { code, page, table } from './markdown.ts';

export function describeFormats(): string {
  const rows = Object.entries(FORMATS).map(([name, { description, fileExtension }]) => [
    code(name),
    code(`.${fileExtension}`),
    description,
  ]);
  return page('Report formats', [
    'One format goes to standard output (`--format NAME`) or to a file (`--output FILE`); any number of further files are written by `--report NAME=FILE`, each all or nothing.',
    table(['name', 'file', 'for'], rows),
    'The JSON report is described by [report.schema.json](report.schema.json). Secrets are redacted in every format unless `--show-secrets` is given on that run.',
  ]);
}
