/** The diagnostic rules: stable code, default severity, title. Each has one pure file in server/src/features/diagnostics and one page in docs/rules. */

export type Severity = 'off' | 'hint' | 'information' | 'warning' | 'error';
export const SEVERITIES: readonly Severity[] = ['off', 'hint', 'information', 'warning', 'error'];

export type RuleCode =
  | 'lost-page'
  | 'form-mismatch'
  | 'redirected-target'
  | 'generic-anchor'
  | 'orphan-page'
  | 'broken-internal'
  | 'weak-target'
  | 'no-backlinks'
  | 'nofollow-mismatch';

export interface Rule {
  readonly code: RuleCode;
  /** Severity until the user says otherwise; rules about absence are off. */
  readonly severity: Severity;
  readonly title: string;
}

export const RULES: readonly Rule[] = [
  { code: 'lost-page', severity: 'warning', title: 'Backlinks point at a page of this site that is gone' },
  { code: 'form-mismatch', severity: 'information', title: 'Another written form of this URL has the backlinks' },
  { code: 'redirected-target', severity: 'information', title: 'The linked page redirects' },
  { code: 'generic-anchor', severity: 'hint', title: 'The link text says nothing about a page of this folder' },
  { code: 'orphan-page', severity: 'off', title: 'No page of this folder links here' },
  { code: 'broken-internal', severity: 'off', title: 'The linked file is not in this folder' },
  { code: 'weak-target', severity: 'off', title: 'The linked page is weak' },
  { code: 'no-backlinks', severity: 'off', title: 'No backlinks of the linked page are known' },
  { code: 'nofollow-mismatch', severity: 'off', title: 'The link is followed where the settings say not to, or the reverse' },
];

/** Where a rule is explained; the address that a diagnostic code links to. */
export function ruleDocs(code: RuleCode): string {
  return `https://github.com/backlink-lens/backlink-lens/blob/main/docs/rules/${code}.md`;
}
