/** What the language status item says for each state of the server. Pure. */
import type { Status, StatusState } from '../../shared/protocol.ts';
import { budgetWords, spentWords } from './moneyWords.ts';
import type { Words } from './words.ts';

export interface StatusWords {
  readonly text: string;
  /** Beside it: what to do where something is wrong, else where the facts come from. Short, for the action stands behind it. */
  readonly detail: string;
  readonly severity: 'information' | 'warning';
  readonly busy: boolean;
  /** What a click does. Ids of our own commands. */
  readonly action: { readonly command: string; readonly title: string } | null;
}

/** One line, how loud, and the next step. Nothing here is an error: being offline is not one. */
export function statusWords(status: Status, words: Words): StatusWords {
  const { t } = words;
  const report = { command: 'backlinkLens.createReport', title: t('Create Report') };
  const detail = status.state === 'ready' || status.state === 'looking-up' ? sourceDetail(status, words) : status.detail;
  const usage = { command: 'backlinkLens.showUsage', title: t('Show Usage') };
  const log = { command: 'backlinkLens.showLog', title: t('Show Log') };
  const calm = (text: string, action: StatusWords['action'] = report): StatusWords => ({
    text,
    detail,
    severity: 'information',
    busy: false,
    action,
  });
  const loud = (text: string, action: StatusWords['action']): StatusWords => ({ text, detail, severity: 'warning', busy: false, action });
  switch (status.state) {
    case 'ready':
      return calm(knownOf(status, words));
    case 'looking-up':
      return { ...calm(t('looking up {0}', words.count(Math.max(0, status.total - status.known)))), busy: true };
    case 'throttled':
      return calm(status.retryAt === null ? t('asked to wait') : t('asked to wait until {0}', words.time(status.retryAt)), log);
    case 'paused':
      return calm(
        status.retryAt === null
          ? t('source does not answer, asked again later')
          : t('source does not answer, asked again at {0}', words.time(status.retryAt)),
        log,
      );
    case 'offline':
      return calm(t('offline, showing what is known'), log);
    case 'needs-key':
      return loud(t('API key needed'), { command: 'backlinkLens.setKey', title: t('Set API Key') });
    case 'needs-consent':
      return loud(t('source not allowed yet'), { command: 'backlinkLens.allowSending', title: t('Allow…') });
    case 'budget':
      return calm(t("today's budget is used up"), usage);
    case 'quota':
      return calm(t('the account at the source is used up'), usage);
    case 'index-problem':
      return loud(t('index cannot be read'), { command: 'backlinkLens.chooseIndex', title: t('Choose Index File') });
    case 'no-source':
      return calm(t('this folder only'), { command: 'backlinkLens.chooseSource', title: t('Choose Source') });
    case 'too-large':
      return calm(t('document too large'), { command: SIZE_SETTING, title: t('Change Limit') });
  }
}

/** Opens the settings at the limit; a command of the client. */
export const SIZE_SETTING = 'backlinkLens.openSizeSetting';

/** The line above the tree for states whose next step is worth one; empty for none. */
export function treeMessage(state: StatusState, detail: string): string {
  switch (state) {
    case 'ready':
    case 'looking-up':
    case 'too-large':
    // What can be done about it stands in a view of its own, below.
    case 'no-source':
      return '';
    case 'throttled':
    case 'paused':
    case 'offline':
    case 'needs-key':
    case 'needs-consent':
    case 'budget':
    case 'quota':
    case 'index-problem':
      return detail;
  }
}

/** `DataForSEO · $4.84 of $5.00 left today`; where no budget is set, what today has cost so far. */
function sourceDetail({ source, usage }: Status, words: Words): string {
  if (usage === null || !usage.source.remote) return source;
  const spent = usage.today.calls === 0 ? null : words.t('{0} today', spentWords(usage.today, usage, words));
  return [source, budgetWords(usage, words) ?? spent].filter((part) => part !== null).join(' · ');
}

function knownOf(status: Status, { t, count }: Words): string {
  if (status.total === 0) return t('no links to look up');
  return status.known === status.total ? t('{0} known', count(status.total)) : t('{0} of {1} known', count(status.known), count(status.total));
}
