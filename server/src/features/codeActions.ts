/** Quick fixes for our problems: the repair where there is one, and three ways to be left in peace. */
import * as l10n from '@vscode/l10n';
import { type CodeAction, CodeActionKind, type Command, type Diagnostic, type Range } from 'vscode-languageserver-protocol';
import { COMMANDS, type IgnoreArguments } from '../../../shared/protocol.ts';
import { RULES } from '../../../shared/rules.ts';
import { SOURCE_NAME } from './diagnostics/collect.ts';
import type { DiagnosticData } from './diagnostics/rule.ts';
import { hostPattern, linkPattern } from './ignorePatterns.ts';
import { clip } from './safeMarkdown.ts';

/** Makes a URL fit where it will stand, an HTML attribute or a Markdown destination; null where no URL stands now. */
export type FitUrl = (url: string, range: Range) => string | null;

/** @param diagnostics as the editor hands them back, others' among them */
export function createCodeActions(uri: string, diagnostics: readonly Diagnostic[], fitUrl: FitUrl): CodeAction[] {
  return diagnostics.filter((diagnostic) => diagnostic.source === SOURCE_NAME).flatMap((diagnostic) => actionsFor(uri, diagnostic, fitUrl));
}

function actionsFor(uri: string, diagnostic: Diagnostic, fitUrl: FitUrl): CodeAction[] {
  const data = readData(diagnostic.data);
  if (data === null) return [];
  const actions: CodeAction[] = [];
  const newText = data.repair ? fitUrl(data.repair.newText, diagnostic.range) : null;
  if (data.repair && newText !== null) {
    const edit = { changes: { [uri]: [{ range: diagnostic.range, newText }] } };
    actions.push({ title: data.repair.title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], isPreferred: true, edit });
  }
  if (data.webUrl !== null) {
    const host = URL.parse(data.webUrl)?.host ?? data.webUrl;
    actions.push(ignoreAction(l10n.t('Ignore this link'), diagnostic, { uri, kind: 'add', pattern: linkPattern(data.webUrl) }));
    actions.push(
      ignoreAction(l10n.t('Ignore everything on {0}', clip(host, 60)), diagnostic, { uri, kind: 'add', pattern: hostPattern(data.webUrl) }),
    );
  }
  actions.push(ignoreAction(l10n.t('Turn off “{0}” in this folder', data.rule), diagnostic, { uri, kind: 'rule', rule: data.rule }));
  return actions;
}

function ignoreAction(title: string, diagnostic: Diagnostic, argument: IgnoreArguments): CodeAction {
  const command: Command = { title, command: COMMANDS.ignore, arguments: [argument] };
  return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command };
}

/** It has been to the editor and back: believed only as far as its shape goes. */
function readData(value: unknown): DiagnosticData | null {
  if (typeof value !== 'object' || value === null) return null;
  const { rule, repair, webUrl } = value as Partial<Record<keyof DiagnosticData, unknown>>;
  const known = RULES.find(({ code }) => code === rule);
  if (known === undefined) return null;
  const { title, newText } = (typeof repair === 'object' && repair !== null ? repair : {}) as { title?: unknown; newText?: unknown };
  return {
    rule: known.code,
    repair: typeof title === 'string' && typeof newText === 'string' ? { title, newText } : null,
    webUrl: typeof webUrl === 'string' ? webUrl : null,
  };
}
