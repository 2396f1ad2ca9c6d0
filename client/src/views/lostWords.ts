/** What the view *Lost Pages* says of one: its path, who links there, what can be done. Pure. */
import type { LostPageEntry } from '../../../shared/moves.ts';
import type { Words } from '../words.ts';

export interface LostWords {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** Read aloud in place of label and description. */
  readonly spoken: string;
  /** Names what its menu offers: `redirect` only where one can be written. */
  readonly context: string;
}

export function lostWords({ path, message, backlinks, domains, redirect }: LostPageEntry, { t, count }: Words): LostWords {
  const description = domains === 1 ? t('{0} from 1 domain', count(backlinks)) : t('{0} from {1} domains', count(backlinks), count(domains));
  const to = redirect === null ? null : (URL.parse(redirect.to)?.pathname ?? redirect.to);
  const does = redirect === null || to === null ? '' : t('Redirect to {0}, in {1}', to, redirect.file);
  return {
    label: path,
    description,
    tooltip: does === '' ? message : `${message}\n${does}`,
    spoken: `${path}, ${description}`,
    context: redirect === null ? 'lost' : 'lost redirect',
  };
}
