/** `backlink-lens report`: the links of files and folders with what is known of each, on the terminal or for another program. */

import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Command, Option } from 'commander';
import { URI } from 'vscode-uri';
import { REPORT_FORMATS, type Report, type ReportFinding, type ReportFormat } from '../../../shared/report.ts';
import { SEVERITIES, type Severity } from '../../../shared/rules.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { SourceId } from '../../../shared/sources.ts';
import type { Usage } from '../../../shared/spending.ts';
import { createFactStore } from '../facts/factStore.ts';
import { ignoredBy } from '../features/ignorePatterns.ts';
import { amountText } from '../features/money.ts';
import { renderReport } from '../report/render.ts';
import { renderTerminal } from '../report/terminal.ts';
import { type Agree, createBacklinkService } from '../service.ts';
import { systemClock } from '../util/clock.ts';
import { isAbort } from '../util/errors.ts';
import { safeText } from '../util/terminal.ts';
import { createWorkspace } from '../workspace/folderWorkspace.ts';
import { advised } from './advice.ts';
import { filesOf } from './files.ts';
import { EXIT, type Io, logTo, reportFailure } from './io.ts';
import { cacheOption, openCache } from './kept.ts';
import { addPriceOptions, agreeTo, type PriceOptions } from './price.ts';
import { progressBar } from './progress.ts';
import { readFolderSettings } from './settings.ts';
import { openSource, sourceSettings } from './source.ts';

/** Failed look-ups whose causes are looked through. */
const MOST_FAILURES = 1000;

interface ReportOptions extends PriceOptions {
  readonly index?: string;
  readonly source?: string;
  readonly format: 'terminal' | ReportFormat;
  readonly failOn?: Exclude<Severity, 'off'>;
  readonly settings?: string;
  readonly cache?: string;
}

export function reportCommand(io: Io): Command {
  const command = new Command('report')
    .description('Report who links to what the given documents link to, and what needs a look.')
    .argument('<paths...>', 'files, or folders with HTML and Markdown in them')
    .addOption(new Option('--index <file>', 'ask this index').conflicts('source'))
    .addOption(
      new Option('--source <source>', 'ask the endpoint at this address (http…), or a source such as ahrefs ("backlink-lens sources" lists them)'),
    )
    .addOption(new Option('--format <format>', 'how to print').choices(['terminal', ...REPORT_FORMATS]).default('terminal'))
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 for findings of this severity or above').choices(SEVERITIES.filter((level) => level !== 'off')),
    )
    .option('--settings <file>', "settings.json with the rules to go by (default: the folder's own .vscode/settings.json)")
    .addOption(cacheOption());
  return addPriceOptions(command)
    .addHelpText('after', '\nWhat a source bills is said first: a person is asked, a script says --yes or --max-cost.')
    .action(async (paths: string[], options: ReportOptions) => runReport(io, paths, options));
}

async function runReport(io: Io, paths: readonly string[], options: ReportOptions): Promise<void> {
  let uris: readonly string[] = [];
  let allRead = true;
  for (const named of paths) {
    const files = await filesOf(named, io.signal);
    if ('error' in files) {
      allRead = false;
      reportFailure(io, files.error);
    } else uris = uris.concat(files.list.map((file) => URI.file(path.resolve(file)).toString()));
  }
  if (uris.length === 0 && !allRead) return;
  const folders = await foldersOf(paths);
  const settings = await readFolderSettings(options.settings ?? null, folders);
  const named = options.index ?? options.source ?? null;
  const report = await collect(io, { uris, folders, title: paths.join(', '), settings, named, options });
  io.out(render(report, options.format, io));
  for (const failure of failuresOf(report, named === null ? null : sourceSettings(io, named).source)) io.error(`${safeText(failure)}\n`);
  io.setExitCode(exitCodeOf(report, allRead, options.failOn ?? null));
}

interface Collection {
  readonly uris: readonly string[];
  readonly folders: readonly string[];
  readonly title: string;
  readonly settings: Settings;
  /** The index, endpoint or source; null asks nobody. */
  readonly named: string | null;
  readonly options: ReportOptions;
}

async function collect(io: Io, { uris, folders, title, settings, named, options }: Collection): Promise<Report> {
  const log = logTo(io, false);
  const cache = openCache(options.cache, log);
  const facts = createFactStore({ clock: systemClock, log, cache });
  facts.setPolicy({
    // Naming a source on the command line is the consent that the editor asks for.
    automatic: true,
    consent: true,
    ignore: (url) => ignoredBy(url, settings.ignore) !== null,
    neverSend: (url) => ignoredBy(url, settings.neverSend) !== null,
  });
  if (named !== null) facts.setSource(openSource(io, named));
  const workspace = createWorkspace(
    folders.map((folder) => URI.file(folder).toString()),
    { settings: () => settings, log, clock: systemClock },
  );
  const service = createBacklinkService({
    facts,
    workspace,
    settings: () => settings,
    runsGit: true,
    log,
    clock: () => systemClock.now(),
    locale: io.locale,
    commandLinks: false,
  });
  const bar = progressBar(io, 'Report');
  const agree: Agree = async (price) => {
    bar.stop();
    return agreeTo(price, facts.usage()?.source.label ?? '', options, io);
  };
  try {
    return await service.report({ kind: 'files', uris, title }, (done, total, words) => bar.update(done, total, words), io.signal, agree);
  } catch (error) {
    if (isAbort(error)) tellSpent(facts.usage(), io);
    throw error;
  } finally {
    bar.stop();
    await service.close();
    await cache?.close();
  }
}

/** What a report has cost that was stopped half-way. */
function tellSpent(usage: Usage | null, io: Io): void {
  if (usage === null || !usage.source.remote || usage.session.calls === 0) return;
  const { source, session, unit, free } = usage;
  const cost = free || unit === 'calls' ? '' : `, about ${amountText(session.amount, unit, io.locale)}`;
  io.error(`${source.label} was asked already: ${amountText(session.calls, 'calls', io.locale)}${cost}. With --cache the answers are kept.\n`);
}

function render(report: Report, format: ReportOptions['format'], io: Io): string {
  return format === 'terminal' ? renderTerminal(report, io) : renderReport(report, format, io.locale);
}

/** Why look-ups failed, each cause once: the table has no room for it. */
function failuresOf(report: Report, source: SourceId | null): Set<string> {
  const said = (message: string) => (source === null ? message : advised(message, source));
  const facts = report.targets.flatMap(({ pageFacts, domainFacts }) => [pageFacts, domainFacts]);
  return new Set(facts.flatMap((known) => (known.state === 'failed' ? [`${said(known.message)} [${known.code}]`] : [])).slice(0, MOST_FAILURES));
}

/** The most serious outcome decides: a source that failed, a file that could not be read, then findings. */
function exitCodeOf(report: Report, allRead: boolean, failOn: Severity | null): number {
  if (report.targets.some(({ pageFacts, domainFacts }) => pageFacts.state === 'failed' || domainFacts.state === 'failed')) return EXIT.sourceFailed;
  if (!allRead || report.problems.length > 0) return EXIT.unreadable;
  const atLeast = ({ severity }: ReportFinding) => failOn !== null && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(failOn);
  return report.findings.some(atLeast) ? EXIT.findings : EXIT.fine;
}

/** The folders whose inner links count: those that were named, and those that named files lie in; none inside another. */
async function foldersOf(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const named of paths) {
    const info = await stat(named).catch(() => null);
    if (info !== null) found.add(path.resolve(info.isDirectory() ? named : path.dirname(named)));
  }
  return [...found].filter((folder) => ![...found].some((other) => other !== folder && folder.startsWith(other + path.sep)));
}
