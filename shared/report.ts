/** The report as data: one model, drawn by the webview, the terminal and every file format. */
import type { Known, Summary, Target } from './backlinks.ts';
import type { RuleCode, Severity } from './rules.ts';

/** Where a target is used. Lines and characters are 0-based UTF-16, as in LSP. */
export interface LinkUse {
  /** Path relative to the reported folder, with forward slashes. */
  readonly file: string;
  readonly uri: string;
  readonly line: number;
  readonly character: number;
  readonly text: string;
}

export interface ReportTarget {
  readonly page: Target;
  readonly domain: Target;
  readonly pageFacts: Known<Summary>;
  readonly domainFacts: Known<Summary>;
  readonly uses: readonly LinkUse[];
}

export interface ReportFinding {
  readonly rule: RuleCode;
  readonly severity: Exclude<Severity, 'off'>;
  readonly message: string;
  readonly use: LinkUse;
}

/** Something that could not be read or scanned; the rest of the report stands. */
export interface ReportProblem {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

export interface Report {
  /** What was asked for: a path, `workspace`, or a URL or domain. */
  readonly title: string;
  /** ISO 8601 time of creation. */
  readonly createdAt: string;
  /** Source and age in one sentence: `embedded index of 1,204,331 pages, crawled 2 Nov 2026`. */
  readonly source: string;
  readonly files: number;
  readonly links: number;
  readonly targets: readonly ReportTarget[];
  readonly findings: readonly ReportFinding[];
  readonly problems: readonly ReportProblem[];
}

/** What a report can be saved as. */
export const REPORT_FORMATS = ['markdown', 'html', 'csv', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];
