// The formats by name: a new one is its file and one line here.
import { CSV } from './csv.ts';
import type { Format } from './formatter.ts';
import { GITHUB } from './github.ts';
import { GITLAB_CODE_QUALITY } from './gitlab-codequality.ts';
import { GITLAB } from './gitlab.ts';
import { HTML } from './html.ts';
import { JSON_LINES, JSON_REPORT } from './json.ts';
import { JUNIT } from './junit.ts';
import { MARKDOWN } from './markdown.ts';
import { SARIF } from './sarif.ts';
import { SONARQUBE } from './sonarqube.ts';
import { TEXT } from './text.ts';

export const FORMATS: Readonly<Record<string, Format>> = {
  text: TEXT,
  json: JSON_REPORT,
  jsonl: JSON_LINES,
  sarif: SARIF,
  html: HTML,
  markdown: MARKDOWN,
  csv: CSV,
  junit: JUNIT,
  github: GITHUB,
  gitlab: GITLAB,
  'gitlab-codequality': GITLAB_CODE_QUALITY,
  sonarqube: SONARQUBE,
};
