/** A line of the tree as text to take along: its address, and the whole of it for a table. Pure. */
import type { Words } from '../words.ts';
import { nameOf, strengthOf } from './arrangement.ts';
import type { TreeNode } from './nodes.ts';

/** The web address a node stands for; null for one that has none. Only http(s) is ever opened. */
export function urlOf(node: TreeNode): string | null {
  const url =
    node.kind === 'row'
      ? node.row.sourceUrl
      : node.kind === 'link'
        ? (node.link.targets?.page.name ?? null)
        : node.kind === 'group' && node.common.kind === 'domain'
          ? `https://${node.common.name}/`
          : null;
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}

/** What it is called where it is linked to: a page's title, a link's text. */
export function titleOf(node: TreeNode): string {
  const text = node.kind === 'row' ? node.row.title : node.kind === 'link' ? node.link.text : node.kind === 'group' ? labelOf(node) : null;
  const line = (text ?? '').replace(/\s+/gu, ' ').trim();
  return line === '' ? (urlOf(node) ?? '').replace(/^https?:\/\//i, '').replace(/\/$/, '') : line;
}

/** A row as a line of cells with tabs between them, as spreadsheets take it; null for what is no row. */
export function rowText(node: TreeNode, words: Words): string | null {
  if (node.kind === 'row') {
    const { row } = node;
    const followed = row.nofollow === null ? '' : row.nofollow ? 'nofollow' : words.t('followed');
    return cells(row.strength === null ? '' : words.strength(row.strength), row.sourceUrl, row.anchorText ?? '', followed, row.targetUrl);
  }
  if (node.kind === 'link') {
    const strength = strengthOf(node.link);
    return cells(strength === null ? '' : words.strength(strength), node.link.targets?.page.name ?? nameOf(node.link), node.link.text);
  }
  return null;
}

function labelOf({ common }: Extract<TreeNode, { kind: 'group' }>): string | null {
  return common.kind === 'domain' ? common.name : null;
}

function cells(...texts: readonly string[]): string {
  return texts.map((text) => text.replace(/\s+/gu, ' ').trim()).join('\t');
}
