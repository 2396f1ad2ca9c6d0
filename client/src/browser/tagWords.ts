/** Kinds of links, and why one is gone, in words that people use. */
import type { LinkTag, LostReason } from '../../../shared/backlinks.ts';
import type { FigureWords } from '../figureWords.ts';

/** The contract's tag in words. */
export function tagWords(tag: LinkTag, { t }: FigureWords): string {
  switch (tag) {
    case 'a':
      return t('text');
    case 'aimg':
      return t('image');
    case 'area':
      return t('image map');
    case 'javascript':
      return t('script');
    case 'redirect':
      return t('redirect');
    case 'meta':
      return t('meta refresh');
    case 'iframe':
      return t('inline frame');
    case 'frame':
      return t('frame');
    case 'form':
      return t('form');
  }
}

/** Null where nobody says why. */
export function lostWords(reason: LostReason, { t }: FigureWords): string | null {
  switch (reason) {
    case 'removed':
      return t('link removed');
    case 'gone':
      return t('page gone');
    case 'redirected':
      return t('page redirects');
    case 'noindex':
      return t('page asks not to be indexed');
    case 'canonicalised':
      return t('page names another as canonical');
    case 'unknown':
      return null;
  }
}
