/** *Try the Sample*: a small site and the small web around it, unpacked beside the extension's own things and opened in a window of its own. */
import path from 'node:path';
import * as vscode from 'vscode';
import { makeIndex } from './buildIndex.ts';
import type { FirstStepParts } from './firstSteps.ts';

/** The file that the package carries: every file of both folders by its path, as a text of one letter a byte. */
export interface Sample {
  readonly site: Readonly<Record<string, string>>;
  readonly web: Readonly<Record<string, string>>;
}

/** Nothing of the user's is changed: the sample brings its own settings. */
export async function openSample(parts: FirstStepParts): Promise<void> {
  const folder = vscode.Uri.joinPath(parts.storage, 'sample');
  const site = vscode.Uri.joinPath(folder, 'harbour-manual');
  if (!(await exists(vscode.Uri.joinPath(folder, 'web.db')))) {
    await parts.ready();
    const sample = await readSample(parts.extension);
    await unpack(sample.web, vscode.Uri.joinPath(folder, 'web'));
    await unpack(sample.site, site);
    const made = await makeIndex(parts, { out: path.join(folder.fsPath, 'web.db'), addition: false, inputs: [path.join(folder.fsPath, 'web')] });
    if (made === null) return;
    await writeSettings(site, made.file);
  }
  await vscode.commands.executeCommand('vscode.openFolder', site, { forceNewWindow: true });
}

async function readSample(extension: vscode.Uri): Promise<Sample> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'dist', 'sample.json'));
  return JSON.parse(new TextDecoder().decode(bytes)) as Sample;
}

async function unpack(files: Readonly<Record<string, string>>, folder: vscode.Uri): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), Buffer.from(text, 'latin1'));
  }
}

/** Beside those that the sample has already: its address and its rules. */
async function writeSettings(site: vscode.Uri, index: string): Promise<void> {
  const file = vscode.Uri.joinPath(site, '.vscode', 'settings.json');
  const own = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))) as Record<string, unknown>;
  const settings = { ...own, 'backlinkLens.index.path': index };
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${JSON.stringify(settings, null, 2)}\n`));
}

async function exists(file: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}
