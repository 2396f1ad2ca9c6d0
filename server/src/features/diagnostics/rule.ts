/** What a rule sees and what it says. A rule is a pure function; it is silent about everything that is not known. */
import type { Range } from 'vscode-languageserver-protocol';
import type { RuleCode } from '../../../../shared/rules.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type { SourceInfo } from '../../sources/source.ts';
import type { PageReach } from '../../workspace/workspace.ts';
import type { KnownLink } from '../linkView.ts';

/** What a rule found, before severity and code are added. */
export interface Finding {
  readonly range: Range;
  /** Whole sentences in plain text. */
  readonly message: string;
  /** What would repair it: text in place of the finding's range. */
  readonly repair?: { readonly title: string; readonly newText: string };
}

export interface RuleSettings extends Pick<Settings, 'weakTargetBelow'> {
  readonly locale: string;
  readonly source: SourceInfo | null;
}

/** Speaks about one link. */
export interface LinkRule {
  readonly code: RuleCode;
  /** A Markdown reference has its words at each use and its address at the definition: a rule speaks where it is about. */
  readonly about: 'address' | 'words';
  readonly check: (link: KnownLink, settings: RuleSettings) => Finding | null;
}

/** The document itself as a page of the folder. */
export interface PageView {
  /** Null while the folder is still being read, and outside every folder. */
  readonly reach: PageReach | null;
  /** True for a folder's start page: nothing has to link to it. */
  readonly isStart: boolean;
  /** Where a finding about the whole page stands. */
  readonly range: Range;
}

/** Speaks about the document as a whole. */
export interface PageRule {
  readonly code: RuleCode;
  readonly check: (page: PageView, settings: RuleSettings) => Finding | null;
}

/** What travels with a diagnostic to its quick fixes. */
export interface DiagnosticData {
  readonly rule: RuleCode;
  readonly repair: Finding['repair'] | null;
  /** Absolute URL of the link, for the patterns that ignore it. */
  readonly webUrl: string | null;
}
