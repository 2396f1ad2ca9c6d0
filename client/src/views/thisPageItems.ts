/** Nodes of *This Page* as the editor draws them. */
import * as vscode from 'vscode';
import type { Words } from '../words.ts';
import { basename, moreItem, noteItem, openCommand, placeItem, rowItem, tooltip } from './leafItems.ts';
import type { AloneNode, OpportunityNode, PageNode, QuestionNode, SectionNode } from './thisPageNodes.ts';
import { questionWords, sectionWords } from './thisPageWords.ts';

export const MORE_ROWS = 'backlinkLens.thisPage.more';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

export function pageItem(node: PageNode, words: Words, now: number): vscode.TreeItem {
  switch (node.kind) {
    case 'section':
      return sectionItem(node, words, now);
    case 'question':
      return questionItem(node, words);
    case 'opportunity':
      return opportunityItem(node, words);
    case 'alone':
      return aloneItem(node);
    case 'moreRows':
      return moreItem(node, words, MORE_ROWS);
    case 'row':
      return rowItem(node, words);
    case 'place':
      return placeItem(node, words);
    case 'note':
      return noteItem(node);
  }
}

function sectionItem({ id, section, page }: SectionNode, words: Words, now: number): vscode.TreeItem {
  const shown = sectionWords(section, page, words, now);
  const item = new vscode.TreeItem(shown.label, section === 'folder' || (section === 'web' && page.web === null) ? Expanded : Collapsed);
  // The editor keeps lines of one id folded or not: rows from the web are asked for when somebody unfolds them, not when the question is answered.
  item.id = `${page.uri} ${id}${section === 'web' && page.web === null ? ' question' : ''}`;
  item.description = shown.description;
  item.tooltip = tooltip(`${shown.label}\n${shown.tooltip}`);
  item.iconPath = new vscode.ThemeIcon(shown.icon);
  item.contextValue = section === 'web' && page.web !== null ? 'section web address' : 'section';
  item.accessibilityInformation = { label: [shown.label, shown.description].filter((part) => part !== '').join(', ') };
  return item;
}

function questionItem({ id, site }: QuestionNode, words: Words): vscode.TreeItem {
  const shown = questionWords(site, words);
  const item = new vscode.TreeItem(shown.label, None);
  item.id = id;
  item.description = shown.description;
  item.tooltip = tooltip(shown.tooltip);
  item.iconPath = new vscode.ThemeIcon(shown.icon);
  item.contextValue = site.guess === null ? 'question' : 'question guess';
  item.command = { command: 'backlinkLens.site.ask', title: words.t('Answer'), arguments: [{ kind: 'question', id, site }] };
  item.accessibilityInformation = { label: shown.tooltip.replace(/\s+/gu, ' ') };
  return item;
}

function opportunityItem({ id, opportunity }: OpportunityNode, words: Words): vscode.TreeItem {
  const uri = vscode.Uri.parse(opportunity.uri);
  const line = opportunity.range.start.line + 1;
  const place = `${vscode.workspace.asRelativePath(uri)}:${line}`;
  const linked =
    opportunity.linkingPages === 1 ? words.t('1 page links to it') : words.t('{0} pages link to it', words.count(opportunity.linkingPages));
  const item = new vscode.TreeItem(place, None);
  item.id = id;
  item.description = opportunity.line;
  item.tooltip = tooltip(`${place}\n${opportunity.line}\n${linked}`);
  item.iconPath = new vscode.ThemeIcon('lightbulb');
  item.contextValue = 'opportunity';
  item.command = openCommand(opportunity.uri, opportunity.range, words);
  item.accessibilityInformation = { label: `${basename(uri)}, ${words.t('Line {0}', line)}, ${opportunity.line}` };
  return item;
}

function aloneItem({ id, uri }: AloneNode): vscode.TreeItem {
  const file = vscode.Uri.parse(uri);
  const item = new vscode.TreeItem(file, None);
  item.id = id;
  item.description = vscode.workspace.asRelativePath(file).split('/').slice(0, -1).join('/');
  item.iconPath = vscode.ThemeIcon.File;
  item.contextValue = 'alone';
  item.command = { command: 'vscode.open', title: basename(file), arguments: [file, { preserveFocus: true, preview: true }] };
  item.accessibilityInformation = { label: vscode.workspace.asRelativePath(file) };
  return item;
}
