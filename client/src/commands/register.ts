/** Every command of the palette, of hovers and of quick fixes, with the parts that each needs. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Consent } from '../consent.ts';
import type { Prices } from '../price.ts';
import { registerRedirectFixes } from '../redirectFiles.ts';
import type { ReportPanels } from '../report/panels.ts';
import type { Secrets } from '../secrets.ts';
import type { Words } from '../words.ts';
import { registerBuildCommand } from './buildIndex.ts';
import { registerForgetCommand } from './forget.ts';
import { registerHintCommand } from './hints.ts';
import { registerKeyCommands, wantKey } from './keys.ts';
import { registerLinkCommands } from './links.ts';
import { registerLostPagesCommand } from './lostPages.ts';
import { type ReportCommands, registerReportCommands } from './report.ts';
import { registerSourceCommands } from './source.ts';
import { registerUsageCommand } from './usage.ts';

export interface CommandParts {
  readonly client: LanguageClient;
  /** Resolves when the server runs. */
  readonly ready: () => Promise<void>;
  readonly log: vscode.LogOutputChannel;
  readonly secrets: Secrets;
  readonly consent: Consent;
  readonly prices: Prices;
  readonly words: Words;
  readonly panels: () => ReportPanels;
}

/** @returns with what other views call: the report of a typed URL or domain */
export function registerCommands(parts: CommandParts): ReportCommands {
  const { secrets, consent, log } = parts;
  // In Restricted Mode nothing is sent, so there is nothing to agree to.
  const allowed = async () => !vscode.workspace.isTrusted || consent.ask();
  const reports = registerReportCommands({ ...parts, allowed });
  const registered = vscode.Disposable.from(
    reports,
    registerKeyCommands(secrets),
    registerLinkCommands({ ...parts, inspect: reports.inspect, allowed }),
    registerBuildCommand(parts),
    registerSourceCommands({
      ...parts,
      wantKey: (source) => wantKey(secrets, source),
      hasKey: (source) => secrets.current()[source] !== undefined,
    }),
    registerUsageCommand(parts),
    registerHintCommand(),
    registerLostPagesCommand(parts),
    registerRedirectFixes(parts.client),
    registerForgetCommand(parts),
    vscode.commands.registerCommand('backlinkLens.showLog', () => log.show()),
  );
  return { inspect: reports.inspect, dispose: () => registered.dispose() };
}
