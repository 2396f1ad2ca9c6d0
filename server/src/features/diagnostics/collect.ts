/** All findings of a document: every rule that is on, minus what the author silenced. */
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-protocol';
import { type RuleCode, ruleDocs, type Severity } from '../../../../shared/rules.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type { PageFacts } from '../../scan/link.ts';
import type { SourceInfo } from '../../sources/source.ts';
import type { KnownLink } from '../linkView.ts';
import { brokenInternal } from './brokenInternal.ts';
import { formMismatch } from './formMismatch.ts';
import { genericAnchor } from './genericAnchor.ts';
import { noBacklinks } from './noBacklinks.ts';
import { nofollowMismatch } from './nofollowMismatch.ts';
import { orphanPage } from './orphanPage.ts';
import { redirectedTarget } from './redirectedTarget.ts';
import type { DiagnosticData, Finding, LinkRule, PageRule, PageView } from './rule.ts';
import { weakTarget } from './weakTarget.ts';

export const LINK_RULES: readonly LinkRule[] = [
  formMismatch,
  redirectedTarget,
  genericAnchor,
  brokenInternal,
  weakTarget,
  noBacklinks,
  nofollowMismatch,
];
export const PAGE_RULES: readonly PageRule[] = [orphanPage];

export const SOURCE_NAME = 'Backlink Lens';

export interface CollectInput {
  readonly links: readonly KnownLink[];
  readonly page: PageView;
  readonly facts: Pick<PageFacts, 'language' | 'robots'>;
  /** The editor itself reports Markdown links to files that are not there. */
  readonly editorChecksFiles: boolean;
  /** Lines without problems. */
  readonly silent: ReadonlySet<number>;
  readonly settings: Settings;
  readonly source: SourceInfo | null;
  readonly locale: string;
}

/** A finding with the rule that made it, how grave it is, and the link it is about. */
export interface RatedFinding {
  readonly rule: RuleCode;
  readonly severity: Exclude<Severity, 'off'>;
  readonly finding: Finding;
  readonly link: KnownLink | null;
}

/** In document order; several rules may speak about one link. */
export function collectFindings({ links, page, facts, editorChecksFiles, silent, settings, source, locale }: CollectInput): RatedFinding[] {
  const found: RatedFinding[] = [];
  const { weakTargetBelow, nofollowTargets, followTargets } = settings;
  const context = {
    ...{ locale, source, weakTargetBelow, nofollowTargets, followTargets, editorChecksFiles },
    ...{ language: facts.language, pageNofollow: facts.robots.nofollow },
  };
  for (const { code, check } of PAGE_RULES) {
    const severity = settings.rules[code];
    const finding = severity === 'off' ? null : check(page, context);
    if (severity !== 'off' && finding !== null) found.push({ rule: code, severity, finding, link: null });
  }
  const active = LINK_RULES.filter(({ code }) => settings.rules[code] !== 'off');
  for (const link of links) {
    if (link.ignoredBy !== null) continue;
    for (const { code, about, check } of active) {
      if (!stands(link, about)) continue;
      const severity = settings.rules[code];
      const finding = check(link, context);
      if (severity !== 'off' && finding !== null) found.push({ rule: code, severity, finding, link });
    }
  }
  return found.filter(({ finding }) => !silent.has(finding.range.start.line));
}

function stands({ link }: KnownLink, about: LinkRule['about']): boolean {
  if (link.role === 'definition') return about === 'address';
  return link.element !== 'md-reference' || about === 'words';
}

const SEVERITY: Readonly<Record<RatedFinding['severity'], DiagnosticSeverity>> = {
  hint: DiagnosticSeverity.Hint,
  information: DiagnosticSeverity.Information,
  warning: DiagnosticSeverity.Warning,
  error: DiagnosticSeverity.Error,
};

export function toDiagnostic({ rule, severity, finding, link }: RatedFinding): Diagnostic {
  const data: DiagnosticData = { rule, repair: finding.repair ?? null, webUrl: link?.webUrl ?? null };
  return {
    range: finding.range,
    message: finding.message,
    severity: SEVERITY[severity],
    code: rule,
    codeDescription: { href: ruleDocs(rule) },
    source: SOURCE_NAME,
    data,
  };
}
