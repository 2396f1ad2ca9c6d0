/** The tool `summarize_document_links`: what is known of the links of one document of the workspace. Nothing is looked up by asking. */
import * as vscode from 'vscode';
import { type DocumentFacts, disclosableRequest, documentFactsRequest } from '../../../shared/protocol.ts';
import { isServed } from '../languageClient.ts';
import { asAnswer, documentData, documentLinks } from './answers.ts';
import { fitted } from './fitting.ts';
import { result, roomOf } from './results.ts';
import type { ToolParts } from './tools.ts';

export interface SummarizeInput {
  readonly path?: unknown;
}

/** Targets that a model is given at most. */
const MOST = 200;
/** Milliseconds and times that a document that was just opened is asked for. */
const PATIENCE = { milliseconds: 100, times: 50 };

export function summarizeDocumentLinks(parts: ToolParts): vscode.LanguageModelTool<SummarizeInput> {
  const { t } = parts.words;
  return {
    prepareInvocation: ({ input }) => {
      const name = nameOf(input) ?? t('the open document');
      return {
        invocationMessage: t('Reading what is known of the links of {0}', name),
        confirmationMessages: {
          title: t('Read the links of {0}?', name),
          message: new vscode.MarkdownString().appendText(
            t('Its links and what is already known of them are given to the language model, private addresses left out. No source is asked for it.'),
          ),
        },
      };
    },
    invoke: async ({ input, tokenizationOptions }, token) => {
      await parts.ready();
      const document = await documentOf(nameOf(input));
      const facts = await factsOf(document, parts, token);
      const shownAs = await parts.client.sendRequest(disclosableRequest, { urls: facts.links.map(({ targets, url }) => targets?.page.name ?? url) });
      const data = {
        name: vscode.workspace.asRelativePath(document.uri),
        facts,
        shownAs,
        source: parts.status.current()?.source ?? '',
      };
      const links = documentLinks(data);
      const render = (shown: number) => asAnswer(documentData(data, links, shown));
      return result(await fitted(Math.min(links.length, MOST), render, roomOf(tokenizationOptions, token)));
    },
  };
}

function nameOf({ path }: SummarizeInput): string | null {
  return typeof path === 'string' && path.trim() !== '' ? path.trim() : null;
}

/** Only documents of the workspace, and those that the user has open: a model is no reason to read any other file. */
async function documentOf(name: string | null): Promise<vscode.TextDocument> {
  if (name === null) {
    const active = vscode.window.activeTextEditor?.document;
    if (active !== undefined && isServed(active)) return active;
    throw new Error('No HTML or Markdown document is open: give its path, relative to the workspace folder.');
  }
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === name || vscode.workspace.asRelativePath(uri) === name);
  const document = open ?? (await openIn(vscode.workspace.workspaceFolders ?? [], name));
  if (document === null) throw new Error(`There is no file ${JSON.stringify(name)} in the workspace.`);
  if (!isServed(document)) throw new Error(`${JSON.stringify(name)} is neither HTML nor Markdown.`);
  return document;
}

async function openIn(folders: readonly vscode.WorkspaceFolder[], name: string): Promise<vscode.TextDocument | null> {
  const path = name.replaceAll('\\', '/');
  // Where several folders are open, paths begin with the folder's name, as the editor itself shows them.
  const places = folders.flatMap((folder) => [
    ...(path.startsWith(`${folder.name}/`) ? [{ uri: folder.uri, inside: path.slice(folder.name.length + 1) }] : []),
    { uri: folder.uri, inside: path },
  ]);
  for (const { uri, inside } of places) {
    const file = vscode.Uri.joinPath(uri, inside);
    if (!file.path.startsWith(`${uri.path.replace(/\/$/, '')}/`)) continue;
    try {
      return await vscode.workspace.openTextDocument(file);
    } catch {
      // It may be in the next folder.
    }
  }
  return null;
}

/** The server learns of a document that was just opened in its own time. */
async function factsOf(document: vscode.TextDocument, { client }: ToolParts, token: vscode.CancellationToken): Promise<DocumentFacts> {
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  for (let time = 0; time < PATIENCE.times && !token.isCancellationRequested; time += 1) {
    const facts = await client.sendRequest(documentFactsRequest, { uri }, token);
    if (facts !== null) return facts;
    await new Promise((resolve) => setTimeout(resolve, PATIENCE.milliseconds));
  }
  throw new Error(`${vscode.workspace.asRelativePath(document.uri)} was not read in time.`);
}
