/** Quick fixes for our problems: the repair where there is one, and four ways to be left in peace. */
import * as l10n from '@vscode/l10n';
import { type CodeAction, CodeActionKind, type Command, type Diagnostic, type Range, type TextEdit } from 'vscode-languageserver-protocol';
import { COMMANDS, type IgnoreArguments } from '../../../shared/protocol.ts';
import { RULES } from '../../../shared/rules.ts';
import { SOURCE_NAME } from './diagnostics/collect.ts';
import type { DiagnosticData, Repair } from './diagnostics/rule.ts';
import { hostPattern, linkPattern } from './ignorePatterns.ts';
import type { RelChange } from './relEdit.ts';
import { clip } from './safeMarkdown.ts';

/** Edits that only the document's present text can tell; each gives null where it no longer fits. */
export interface DocumentEdits {
  /** Makes a URL fit where it will stand, an HTML attribute or a Markdown destination. */
  url(url: string, at: Range): string | null;
  rel(change: RelChange, at: Range): TextEdit | null;
  /** A comment that silences what is found there. */
  ignoreComment(at: Range): TextEdit | null;
}

/** @param diagnostics as the editor hands them back, others' among them */
export function createCodeActions(uri: string, diagnostics: readonly Diagnostic[], edits: DocumentEdits): CodeAction[] {
  return diagnostics.filter((diagnostic) => diagnostic.source === SOURCE_NAME).flatMap((diagnostic) => actionsFor(uri, diagnostic, edits));
}

function actionsFor(uri: string, diagnostic: Diagnostic, edits: DocumentEdits): CodeAction[] {
  const data = readData(diagnostic.data);
  if (data === null) return [];
  const actions: CodeAction[] = [];
  const repair = data.repair === null ? null : repairEdit(data.repair, diagnostic.range, edits);
  if (data.repair !== null && repair !== null) {
    const preferred = !('newText' in data.repair) || data.repair.preferred !== false;
    actions.push({ ...editAction(uri, data.repair.title, diagnostic, repair), ...(preferred && { isPreferred: true }) });
  }
  if (data.webUrl !== null) {
    const host = URL.parse(data.webUrl)?.host ?? data.webUrl;
    actions.push(ignoreAction(l10n.t('Ignore this link'), diagnostic, { uri, kind: 'add', pattern: linkPattern(data.webUrl) }));
    actions.push(
      ignoreAction(l10n.t('Ignore everything on {0}', clip(host, 60)), diagnostic, { uri, kind: 'add', pattern: hostPattern(data.webUrl) }),
    );
  }
  const comment = edits.ignoreComment(diagnostic.range);
  if (comment !== null) actions.push(editAction(uri, l10n.t('Ignore here, by a comment'), diagnostic, comment));
  actions.push(ignoreAction(l10n.t('Turn off “{0}” in this folder', data.rule), diagnostic, { uri, kind: 'rule', rule: data.rule }));
  return actions;
}

function repairEdit(repair: Repair, range: Range, edits: DocumentEdits): TextEdit | null {
  if ('rel' in repair) return edits.rel(repair.rel, range);
  const newText = edits.url(repair.newText, range);
  return newText === null ? null : { range, newText };
}

function editAction(uri: string, title: string, diagnostic: Diagnostic, edit: TextEdit): CodeAction {
  return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit: { changes: { [uri]: [edit] } } };
}

function ignoreAction(title: string, diagnostic: Diagnostic, argument: IgnoreArguments): CodeAction {
  const command: Command = { title, command: COMMANDS.ignore, arguments: [argument] };
  return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command };
}

/** It has been to the editor and back: believed only as far as its shape goes. */
function readData(value: unknown): DiagnosticData | null {
  if (!isObject(value)) return null;
  const { rule, repair, webUrl } = value;
  const known = RULES.find(({ code }) => code === rule);
  return known === undefined ? null : { rule: known.code, repair: readRepair(repair), webUrl: typeof webUrl === 'string' ? webUrl : null };
}

function readRepair(value: unknown): Repair | null {
  if (!isObject(value) || typeof value['title'] !== 'string') return null;
  const { title, newText, preferred, rel } = value;
  if (typeof newText === 'string') return { title, newText, preferred: preferred !== false };
  if (!isObject(rel) || !isWords(rel['add']) || !isWords(rel['remove'])) return null;
  return { title, rel: { add: rel['add'], remove: rel['remove'] } };
}

/** Tokens of `rel` and nothing else: they are written into the document. */
function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string' && /^[a-z]+$/.test(word));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
