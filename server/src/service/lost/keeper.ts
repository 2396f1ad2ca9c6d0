/** Lost pages as they were last found, and what is shown of them: problems of the file of redirects, a list, and the redirect for each. */
import * as l10n from '@vscode/l10n';
import type { CodeAction, Diagnostic, WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { LostPageEntry, LostPages, MoveOrder } from '../../../../shared/moves.ts';
import { COMMANDS, type IgnoreArguments } from '../../../../shared/protocol.ts';
import { SOURCE_NAME, toDiagnostic } from '../../features/diagnostics/collect.ts';
import { lostPageMessage } from '../../features/diagnostics/lostPage.ts';
import { byLoss, type LostPage } from '../../features/lostPages.ts';
import { clip } from '../../features/safeMarkdown.ts';
import { FORMATS } from '../../redirects/place.ts';
import { insertionPoint } from '../../redirects/redirect.ts';
import type { ServiceParts } from '../../service.ts';
import { lineIndex } from '../../util/lineIndex.ts';
import { siteFileUri } from '../moves/siteFiles.ts';
import { findLost, type LostFolder } from './findLost.ts';
import { type Destinations, destinationsIn, redirectLost } from './redirectLost.ts';

export interface LostKeeper {
  /** Files came or went, redirects or settings changed: what was found may be no more. */
  touch(): void;
  /** True where it has to be found anew: after a touch, with another index, and once the folders were read. */
  stale(): boolean;
  /** Finds them anew; true where they are others than before. */
  refresh(signal: AbortSignal): Promise<boolean>;
  /** Of a file of redirects; empty for any other. */
  diagnostics(uri: string): Diagnostic[];
  codeActions(uri: string, diagnostics: readonly Diagnostic[]): CodeAction[];
  list(): LostPages;
  /** The edit that redirects one; null where none can be made. @param unsaved what an editor holds of the file of redirects stands in for the disk */
  redirect(folder: string, url: string, unsaved: NonNullable<MoveOrder['unsaved']>): WorkspaceEdit | null;
}

/** Problems shown in one file: the rest is in the list. */
const MOST_SHOWN = 100;
const MOST_LISTED = 1_000;

/** A folder with where each of its pages would be redirected to. */
type Kept = LostFolder & { readonly to: Destinations };

export function createLostKeeper(parts: ServiceParts): LostKeeper {
  const { workspace, settings, facts, locale } = parts;
  let folders: readonly Kept[] = [];
  let told = '';
  let foundWith: string | null = null;
  const now = () => JSON.stringify([facts.info()?.generation ?? null, workspace.ready()]);
  const placeUri = ({ folder, place }: LostFolder) => (place?.file == null ? null : siteFileUri(folder, place.file.path));
  const at = (uri: string) => folders.find((lost) => placeUri(lost) === uri) ?? null;
  return {
    touch() {
      foundWith = null;
    },
    stale: () => foundWith !== now(),
    async refresh(signal) {
      const was = now();
      folders = (await findLost(parts, signal)).map((lost) => ({ ...lost, to: destinationsIn(lost, parts) }));
      foundWith = workspace.ready() ? was : null;
      const found = JSON.stringify(folders.map(({ folder, place, pages }) => [folder, place?.file?.path, place?.file?.text, pages]));
      const changed = found !== told;
      told = found;
      return changed;
    },
    diagnostics(uri) {
      const lost = at(uri);
      const severity = settings(uri).rules['lost-page'];
      if (lost === null || severity === 'off') return [];
      const range = rangeIn(lost);
      return lost.pages.slice(0, MOST_SHOWN).map((page) => {
        const finding = { range, message: lostPageMessage(page, locale) };
        return { ...toDiagnostic({ rule: 'lost-page', severity, finding, link: null }), data: { rule: 'lost-page', path: page.path } };
      });
    },
    codeActions(uri, diagnostics) {
      const lost = at(uri);
      if (lost === null) return [];
      return diagnostics.flatMap((diagnostic) => {
        const page = lost.pages.find(({ path }) => path === pathIn(diagnostic));
        return page === undefined ? [] : actionsOf(uri, page, lost, diagnostic, parts);
      });
    },
    list() {
      const all = folders.flatMap((lost) => lost.pages.map((page) => ({ page, lost }))).sort((a, b) => byLoss(a.page, b.page));
      const why = !workspace.ready()
        ? 'reading'
        : folders.length === 0
          ? 'no-site'
          : facts.linkedPages === undefined || facts.info()?.pages == null
            ? 'no-index'
            : null;
      return { pages: all.slice(0, MOST_LISTED).map(({ page, lost }) => entryOf(page, lost, parts)), why };
    },
    redirect(folder, url, unsaved) {
      const kept = folders.find((one) => one.folder === folder);
      const held = unsaved.find(({ uri }) => kept !== undefined && uri === placeUri(kept));
      const lost =
        kept?.place?.file == null || held === undefined ? kept : { ...kept, place: { ...kept.place, file: { ...kept.place.file, text: held.text } } };
      const page = lost?.pages.find((one) => one.url === url);
      return lost === undefined || page === undefined ? null : redirectLost(page, lost.to(page), lost, parts);
    },
  };
}

/** Where the redirect would be written. */
function rangeIn({ place }: LostFolder): Diagnostic['range'] {
  const text = place?.file?.text ?? '';
  const form = place?.form;
  const before = form === undefined || form === 'mkdocs' || form === 'front-matter' || form === 'vercel' ? null : FORMATS[form].parse(text);
  const wild = before?.find(({ pattern }) => pattern.some(({ kind }) => kind !== 'text' && kind !== 'optional')) ?? null;
  const position = lineIndex(text)(before === null ? 0 : insertionPoint(text, wild));
  return { start: position, end: position };
}

/** It has been to the editor and back. */
function pathIn({ source, data }: Diagnostic): string | null {
  if (source !== SOURCE_NAME || typeof data !== 'object' || data === null) return null;
  const { rule, path } = data as { rule?: unknown; path?: unknown };
  return rule === 'lost-page' && typeof path === 'string' ? path : null;
}

function actionsOf(uri: string, page: LostPage, lost: Kept, diagnostic: Diagnostic, parts: ServiceParts): CodeAction[] {
  const common = { kind: 'quickfix', diagnostics: [diagnostic] };
  const destination = lost.to(page);
  const edit = redirectLost(page, destination, lost, parts);
  const path = clip(page.path, 60);
  const ignore = (title: string, argument: IgnoreArguments): CodeAction => ({
    ...common,
    title,
    command: { title, command: COMMANDS.ignore, arguments: [argument] },
  });
  const to = clip(URL.parse(destination ?? '')?.pathname ?? '', 60);
  return [
    ...(edit === null ? [] : [{ ...common, title: l10n.t('Redirect {0} to {1}', path, to), isPreferred: true, edit }]),
    ignore(l10n.t('Never call {0} lost', path), { uri, kind: 'lost', pattern: pathBelow(page, lost) }),
    ignore(l10n.t('Turn off “{0}” in this folder', 'lost-page'), { uri, kind: 'rule', rule: 'lost-page' }),
  ];
}

/** Patterns are of paths below the site's address. */
function pathBelow({ path }: LostPage, { site }: LostFolder): string {
  const root = (site.siteUrl === null ? null : URL.parse(site.siteUrl)?.pathname) ?? '/';
  return `/${path.slice(root.length)}`;
}

/** Whether the edit can really be made shows when somebody asks for it: there may be thousands of pages. */
function entryOf(page: LostPage, lost: Kept, { locale }: ServiceParts): LostPageEntry {
  const { place } = lost;
  const file = place === null || place.form === 'front-matter' || place.form === 'mkdocs' ? null : (place.file?.path ?? null);
  const to = file === null ? null : lost.to(page);
  const { url, path, backlinks, domains, followedDomains } = page;
  const message = lostPageMessage(page, locale);
  return {
    folder: lost.folder,
    url,
    path,
    below: pathBelow(page, lost),
    message,
    backlinks,
    domains,
    followedDomains,
    redirect: file === null || to === null ? null : { to, file },
  };
}
