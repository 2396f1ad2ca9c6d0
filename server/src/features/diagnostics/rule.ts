/** What a rule sees and what it says. A rule is a pure function; it is silent about everything that is not known. */
import type { Range } from 'vscode-languageserver-protocol';
import type { RuleCode } from '../../../../shared/rules.ts';
import type { Settings } from '../../../../shared/settings.ts';
import type { SourceInfo } from '../../sources/source.ts';
import type { PageReach } from '../../workspace/workspace.ts';
import type { KnownLink } from '../linkView.ts';
import type { RelChange } from '../relEdit.ts';

/** What a rule found, before severity and code are added. */
export interface Finding {
  readonly range: Range;
  /** Whole sentences in plain text. */
  readonly message: string;
  readonly repair?: Repair;
}

/** What would repair it: text in place of the finding's range, or other `rel` tokens at the tag around it. */
export type Repair =
  | {
      readonly title: string;
      readonly newText: string;
      /** False where a person should look first: it is then not applied with *Fix all* and its like. */
      readonly preferred?: boolean;
    }
  | { readonly title: string; readonly rel: RelChange };

export interface RuleSettings extends Pick<Settings, 'weakTargetBelow' | 'nofollowTargets' | 'followTargets'> {
  /** The document's own language, BCP 47; null where it does not say. */
  readonly language: string | null;
  /** The document's robots meta says that none of its links are followed. */
  readonly pageNofollow: boolean;
  /** The editor itself reports Markdown links to files that are not there. */
  readonly editorChecksFiles: boolean;
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
  readonly repair: Repair | null;
  /** Absolute URL of the link, for the patterns that ignore it. */
  readonly webUrl: string | null;
}
