// The taxonomies of a SARIF run: the official lists whose ids its findings carry, and the references to them.
import type {
  ReportingDescriptor,
  ReportingDescriptorReference,
  ToolComponent,
  ToolComponentReference,
} from 'sarif';
import type { Finding } from '../../model/finding.ts';
import { describeStandard, STANDARDS } from '../../standards/describe-standard.ts';

interface Taxonomy {
  readonly name: string;
  readonly organization: string;
  readonly informationUri: string;
  readonly description: string;
  readonly idsOf: (finding: Finding) => readonly string[];
}

const TAXONOMIES: readonly Taxonomy[] = [
  {
    name: 'OWASP-NHI-2025',
    organization: 'OWASP',
    informationUri: 'https://owasp.org/www-project-non-human-identities-top-10/2025/top-10-2025/',
    description: 'OWASP Non-Human Identities Top 10 – 2025',
    idsOf: ({ standards }) => standards.owaspNhi2025,
  },
  {
    name: 'CWE',
    organization: 'MITRE',
    informationUri: 'https://cwe.mitre.org/',
    description: 'Common Weakness Enumeration',
    idsOf: ({ standards }) => standards.cwe,
  },
];

/** Only the entries that some finding carries, in the order of the tables. */
export function createTaxonomies(findings: readonly Finding[]): ToolComponent[] {
  return TAXONOMIES.map(({ idsOf, name, organization, informationUri, description }) => {
    const used = new Set(findings.flatMap(idsOf));
    const taxa: ReportingDescriptor[] = STANDARDS.filter(({ id }) => used.has(id)).map(
      ({ id, title, url, about }) => ({
        id: toTaxonId(id),
        name: title,
        shortDescription: { text: title },
        fullDescription: { text: about },
        helpUri: url,
      }),
    );
    return { name, organization, informationUri, shortDescription: { text: description }, taxa };
  });
}

export function referToTaxonomies(): ToolComponentReference[] {
  return TAXONOMIES.map(({ name }, index) => ({ name, index }));
}

/** References to the entries that the findings carry; entries that the tables do not know are left out. */
export function referToTaxa(findings: readonly Finding[]): ReportingDescriptorReference[] {
  return TAXONOMIES.flatMap(({ idsOf, name }, index) =>
    [...new Set(findings.flatMap(idsOf))]
      .filter((id) => describeStandard(id) !== undefined)
      .map((id) => ({ id: toTaxonId(id), toolComponent: { name, index } })),
  );
}

/** The published CWE taxonomy calls its entries by number. */
function toTaxonId(id: string): string {
  return id.replace(/^CWE-/, '');
}
