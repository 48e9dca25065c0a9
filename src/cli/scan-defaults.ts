// The options of a scan that another command starts: what commander fills in when a user gives none.
import type { ScanOptions } from './commands/scan.ts';

export const SCAN_DEFAULTS: ScanOptions = {
  exclude: [],
  gitignore: true,
  archives: true,
  allowEmpty: true,
  rules: [],
  inlineIgnore: true,
  progress: false,
  format: 'text',
  report: [],
  color: true,
};
