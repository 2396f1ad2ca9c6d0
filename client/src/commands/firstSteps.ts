/**
 * What costs nothing and needs no key: exports that are dropped on the view, the free ranks of domains, a crawl of one's own site, and the
 * sample. One question each; what is made lies in the extension's own storage and is used at once.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { IndexOrder, MadeIndex } from '../../../shared/protocol.ts';
import { RANKS_MEGABYTES, ranksAddress } from '../../../shared/ranks.ts';
import { currentSettings } from '../configuration.ts';
import type { DroppedFile, ExportTaker } from '../views/drag.ts';
import { makeIndex, resultWords, useIndex } from './buildIndex.ts';
import { askFiles, askSite } from './indexOrder.ts';
import { openSample } from './sample.ts';

export interface FirstStepParts {
  readonly client: LanguageClient;
  readonly log: vscode.LogOutputChannel;
  /** Folder of the extension's own. */
  readonly storage: vscode.Uri;
  readonly extension: vscode.Uri;
  /** Resolves when the server runs. */
  readonly ready: () => Promise<void>;
}

export interface FirstSteps extends vscode.Disposable {
  readonly takeExports: ExportTaker;
}

export function registerFirstSteps(parts: FirstStepParts): FirstSteps {
  const takeExports: ExportTaker = async (files) => addFiles(files, parts);
  const registered = vscode.Disposable.from(
    vscode.commands.registerCommand('backlinkLens.addExport', async () => {
      const material = await askFiles();
      if (material !== null)
        await addFiles(
          material.inputs.map((file) => ({ path: file })),
          parts,
        );
    }),
    vscode.commands.registerCommand('backlinkLens.fetchRanks', () => fetchRanks(parts)),
    vscode.commands.registerCommand('backlinkLens.crawlSite', () => crawlSite(parts)),
    vscode.commands.registerCommand('backlinkLens.trySample', () => openSample(parts)),
  );
  return { takeExports, dispose: () => registered.dispose() };
}

async function addFiles(files: readonly DroppedFile[], parts: FirstStepParts): Promise<void> {
  const place = placeOf(parts.storage);
  const [first] = files;
  if (first === undefined) return;
  const names = files.map((file) => ('path' in file ? path.basename(file.path) : file.name));
  const what = names.length === 1 ? (names[0] ?? '') : vscode.l10n.t('{0} files', names.length);
  const question = place.addition ? vscode.l10n.t('Add {0} to the backlink index?', what) : vscode.l10n.t('Build a backlink index from {0}?', what);
  const agreed = await confirmed(question, whereTo(place), place.addition ? vscode.l10n.t('Add') : vscode.l10n.t('Build'));
  if (!agreed) return;
  const inputs = await Promise.all(files.map((file) => onDisk(file, parts.storage)));
  await makeAndUse({ ...place, inputs }, parts);
}

async function fetchRanks(parts: FirstStepParts): Promise<void> {
  const question = vscode.l10n.t('Fetch the domain ranks of Common Crawl, about {0} MB?', RANKS_MEGABYTES);
  const detail = vscode.l10n.t(
    'They come from data.commoncrawl.org, once, and say how strong each of the first million domains is. After that nothing is asked: none of your links is sent.',
  );
  if (!(await confirmed(question, detail, vscode.l10n.t('Fetch')))) return;
  const out = await inStorage(parts.storage, 'domain-ranks.db');
  await makeAndUse({ out, addition: false, inputs: [ranksAddress()] }, parts);
}

async function crawlSite(parts: FirstStepParts): Promise<void> {
  const material = await askSite(currentSettings(vscode.window.activeTextEditor?.document.uri).siteUrl);
  if (material === null) return;
  await makeAndUse({ ...material, ...placeOf(parts.storage) }, parts);
}

type Place = Pick<IndexOrder, 'out' | 'addition'>;

/** The index in use where there is one, else one of the extension's own. */
function placeOf(storage: vscode.Uri): Place {
  const { indexPath, source } = currentSettings();
  if (source === 'index' && path.isAbsolute(indexPath) && existsSync(indexPath)) return { out: indexPath, addition: true };
  const out = path.join(storage.fsPath, 'index', 'backlinks.db');
  return { out, addition: existsSync(out) };
}

function whereTo({ out }: Place): string {
  return vscode.l10n.t('It lies on this machine, in {0}. Nothing is sent anywhere.', out);
}

async function confirmed(question: string, detail: string, go: string): Promise<boolean> {
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, go)) === go;
}

/** A file that a browser hands over has no place on this machine: it gets one. */
async function onDisk(file: DroppedFile, storage: vscode.Uri): Promise<string> {
  if ('path' in file) return file.path;
  const name = path.basename(file.name).replace(/[^\w.-]+/g, '_');
  const place = vscode.Uri.file(await inStorage(storage, `dropped/${name === '' ? 'export.csv' : name}`));
  await vscode.workspace.fs.writeFile(place, await file.data());
  return place.fsPath;
}

async function inStorage(storage: vscode.Uri, name: string): Promise<string> {
  const place = vscode.Uri.joinPath(storage, name);
  await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(place, '..'));
  return place.fsPath;
}

/** Says what there is now; a failure has been told. */
export async function makeAndUse(order: IndexOrder, parts: FirstStepParts): Promise<MadeIndex | null> {
  await parts.ready();
  await vscode.workspace.fs.createDirectory(vscode.Uri.file(path.dirname(order.out)));
  const made = await makeIndex(parts, order);
  if (made === null) return null;
  for (const sentence of [...made.skipped, ...made.problems]) parts.log.warn(sentence);
  await useIndex(made);
  const showLog = vscode.l10n.t('Show Log');
  const say = made.problems.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void say(resultWords(made), ...(made.problems.length > 0 ? [showLog] : [])).then((answer) => {
    if (answer === showLog) parts.log.show();
  });
  return made;
}
