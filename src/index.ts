// The public API: scan, and write what was found in any format.
export type { Config } from './model/config.ts';
export { DEFAULT_CONFIG } from './model/config.ts';
export type { Finding, Slot, StorageState, Suppressed } from './model/finding.ts';
export type { ReferenceEntry } from './model/reference.ts';
export type { Diagnostic, Report } from './model/report.ts';
export type { Rule, RuleMatcher, RuleSet, RuleText } from './model/rule.ts';
export { UserError } from './model/user-error.ts';
export type { FormatOptions, Formatter, RuleDescription } from './reports/formatter.ts';
export { FORMATS } from './reports/registry.ts';
export {
  combineRules,
  loadBuiltInReferences,
  loadBuiltInRules,
  loadBuiltInTexts,
  loadRuleFiles,
} from './rules/load-rules.ts';
export type { HistoryRequest, SourceRequest } from './scan/open-source.ts';
export type { ScanRequest } from './scan/scan.ts';
export { scan } from './scan/scan.ts';
