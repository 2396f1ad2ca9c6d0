/** What others do with a Markdown document: VS Code's Markdown language service, linkinator, and a remark syntax tree. */
import { Readable } from 'node:stream';
import MarkdownIt from 'markdown-it';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';

export type Peer = (text: string, url: string) => number | Promise<number>;

interface Computer {
  getAllLinks(document: unknown, token: unknown): Promise<readonly unknown[]>;
}

/** The language service's own link computer on the parser that VS Code gives it; its package does not export it by name. */
export async function languageServiceLinks(): Promise<Peer> {
  const file = new URL('../../node_modules/vscode-markdown-languageservice/out/languageFeatures/documentLinks.js', import.meta.url);
  const { MdLinkComputer } = (await import(file.href)) as { MdLinkComputer: new (parser: unknown, workspace: unknown) => Computer };
  const parser = new MarkdownIt({ html: true });
  const computer = new MdLinkComputer(
    { tokenize: (document: TextDocument) => Promise.resolve(parser.parse(document.getText(), {})) },
    { workspaceFolders: [URI.parse('file:///docs')] },
  );
  const token = { isCancellationRequested: false };
  return async (text) => (await computer.getAllLinks(TextDocument.create('file:///docs/a.md', 'markdown', 1, text), token)).length;
}

type GetLinks = (body: Readable, baseUrl: string) => Promise<unknown[]>;

/** What linkinator does with a Markdown file: marked's HTML, then its own extraction. */
export async function linkinatorLinks(): Promise<Peer> {
  const file = new URL('../../node_modules/linkinator/build/src/links.js', import.meta.url);
  const { getLinks } = (await import(file.href)) as { getLinks: GetLinks };
  const { marked } = (await import(new URL('../../node_modules/marked/lib/marked.esm.js', import.meta.url).href)) as {
    marked: (text: string, options: object) => string;
  };
  return async (text, url) => (await getLinks(Readable.from([marked(text, { gfm: true })]), url)).length;
}

interface Node {
  readonly type: string;
  readonly children?: readonly Node[];
}

/** The tree behind remark, and a walk that counts what carries a URL. */
export const remarkLinks: Peer = (text) => {
  let found = 0;
  const walk = (node: Node) => {
    if (/^(?:link|image|definition|linkReference|imageReference)$/.test(node.type)) found++;
    for (const child of node.children ?? []) walk(child);
  };
  walk(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return found;
};
