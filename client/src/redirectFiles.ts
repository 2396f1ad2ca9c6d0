/** Quick fixes in files of redirects: no documents of the language client's, so that their code actions are asked for here. */
import * as vscode from 'vscode';
import { CodeActionRequest, type LanguageClient } from 'vscode-languageclient/node';
import { REDIRECT_NAMES } from '../../shared/moves.ts';

export function registerRedirectFixes(client: LanguageClient): vscode.Disposable {
  const selector = REDIRECT_NAMES.map((name) => ({ scheme: 'file', pattern: `**/${name}` }));
  return vscode.languages.registerCodeActionsProvider(
    selector,
    {
      async provideCodeActions(document, range, context, token) {
        const ours = context.diagnostics.some(({ source }) => source === 'Backlink Lens');
        if (!ours || !client.isRunning()) return null;
        const params = {
          textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
          range: client.code2ProtocolConverter.asRange(range),
          context: client.code2ProtocolConverter.asCodeActionContextSync(context),
        };
        const actions = await client.sendRequest(CodeActionRequest.type, params, token);
        return actions === null ? null : await client.protocol2CodeConverter.asCodeActionResult(actions, token);
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}
