/** Links to pages of strangers: only http and https, nothing of this page goes with them, and no rank is passed on. */

import type { Child } from '../report/webview/dom.ts';
import { h } from '../report/webview/dom.ts';

/** A link that opens in a tab of its own; plain text for what is no web address. */
export function safeLink(url: string, className: string, ...children: readonly Child[]): HTMLElement {
  const shown = children.length === 0 ? [url] : children;
  if (!isWebAddress(url)) return h('span', { class: className, title: url }, ...shown);
  return h(
    'a',
    { class: className, href: url, target: '_blank', rel: 'noopener noreferrer nofollow', referrerpolicy: 'no-referrer', title: url },
    ...shown,
  );
}

export function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^/]/i.test(url) && URL.canParse(url);
}

/** A target as an address that a browser opens: a domain's front page, a folder without its star. */
export function addressOfTarget(name: string): string {
  const address = name.replace(/\/\*$/, '/');
  return isWebAddress(address) ? address : `https://${address}`;
}
