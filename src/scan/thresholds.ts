// What is below the level that the user asked for is not reported, but counted.
import type { BlobAnalysis } from '../analysis/collect.ts';
import type { Finding, Suppressed } from '../model/finding.ts';
import type { Confidence, Severity } from '../model/rule.ts';
import { CONFIDENCES, SEVERITIES } from '../model/rule.ts';

export interface Thresholds {
  /** Lowest severity and confidence that are reported. */
  readonly severity: Severity;
  readonly confidence: Confidence;
}

export function applyThresholds(analysis: BlobAnalysis, thresholds: Thresholds): BlobAnalysis {
  const findings: Finding[] = [];
  const suppressed: Suppressed[] = [...analysis.suppressed];
  for (const finding of analysis.findings) {
    const because = explainThreshold(finding, thresholds);
    if (because === undefined) findings.push(finding);
    else suppressed.push({ by: 'threshold', because, finding });
  }
  return { ...analysis, findings, suppressed };
}

function explainThreshold({ severity, confidence }: Finding, thresholds: Thresholds): string | undefined {
  if (SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(thresholds.severity)) {
    return `its severity is ${severity}, below ${thresholds.severity}`;
  }
  if (CONFIDENCES.indexOf(confidence) > CONFIDENCES.indexOf(thresholds.confidence)) {
    return `the confidence is ${confidence}, below ${thresholds.confidence}`;
  }
  return undefined;
}
