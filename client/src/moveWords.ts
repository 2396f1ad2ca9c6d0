/** What is asked before pages move: who links there, and what a redirect would be. Pure. */
import type { MoveAdvice } from '../../shared/moves.ts';
import type { Words } from './words.ts';

export interface MoveQuestion {
  readonly message: string;
  readonly detail: string;
  readonly yes: string;
  readonly no: string;
  readonly never: string;
}

/** @param gone true where the pages are deleted */
export function moveQuestion(advice: MoveAdvice, gone: boolean, words: Words): MoveQuestion {
  const { t } = words;
  return {
    message: whoLinks(advice, words),
    detail: [moreOf(advice, words), redirectOf(advice, gone, words)].filter((sentence) => sentence !== '').join('\n\n'),
    yes: advice.redirect !== null && advice.redirect.count > 1 ? t('Add Redirects') : t('Add Redirect'),
    no: t('Without Redirect'),
    never: t('Never Ask in This Folder'),
  };
}

function whoLinks({ pages, page, backlinks, domains }: MoveAdvice, { t, count }: Words): string {
  const what = pages > 1 ? t('{0} pages', count(pages)) : page;
  if (backlinks === null) return t('Who links to {0} from other sites is not known.', what);
  if (backlinks === 0) return t('No other site was seen linking to {0}.', what);
  if (domains === null) return backlinks === 1 ? t('1 backlink leads to {0}.', what) : t('{0} backlinks lead to {1}.', count(backlinks), what);
  if (pages > 1) return t('{0} backlinks from at least {1} domains lead to {2}.', count(backlinks), count(domains), what);
  return domains === 1 ? t('1 domain links to {0}.', what) : t('{0} domains link to {1}.', count(domains), what);
}

function moreOf({ pages, page, backlinks, domains, folderLinks }: MoveAdvice, { t, count }: Words): string {
  const web =
    backlinks === null || backlinks === 0 || domains === null
      ? ''
      : pages > 1
        ? t('Most of them lead to {0}.', page)
        : t('{0} backlinks in all.', count(backlinks));
  const own =
    folderLinks === 0
      ? ''
      : folderLinks === 1
        ? t('1 link of this folder leads there, too.')
        : t('{0} links of this folder lead there, too.', count(folderLinks));
  return [web, own].filter((sentence) => sentence !== '').join(' ');
}

function redirectOf({ redirect }: MoveAdvice, gone: boolean, { t, count }: Words): string {
  if (redirect === null) return '';
  const { from, to, file } = redirect;
  const first =
    redirect.count > 1
      ? t('{0} redirects, the first from {1} to {2}, would be written to {3}.', count(redirect.count), from, to, file)
      : t('A redirect from {0} to {1} would be written to {2}.', from, to, file);
  return `${first} ${gone ? t('It is undone together with the deletion.') : t('It is undone together with the renaming.')}`;
}
