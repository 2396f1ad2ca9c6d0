/** Language server entry: over the channel that the editor's client chose (`--node-ipc`, `--stdio`, `--socket`, `--pipe`). */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './assemble.ts';

startServer(createConnection(ProposedFeatures.all));
