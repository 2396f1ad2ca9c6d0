/** Lists that `query` prints instead of rows: link texts, domains, pages, strengths, changes, and what targets have in common. */
import { type Command, Option } from 'commander';
import type { Target } from '../../../shared/backlinks.ts';
import type { AnchorCount, CommonDomain, DayOfChanges, LinkedPage, ListPage, ReferringDomain } from '../../../shared/queries.ts';
import type { BacklinkStore } from '../linkIndex/store.ts';
import { readTargetArgument } from './arguments.ts';
import { printStatedDomains, printStatements } from './queryStated.ts';
import { printSummaries, readManyTargets } from './querySummaries.ts';
import { type Column, day, drawn, number, type Screen, share, strength } from './queryText.ts';

export interface ListOptions {
  readonly summary?: true;
  readonly with?: readonly Target[];
  readonly anchors?: true;
  readonly domains?: true;
  readonly pages?: true;
  readonly spread?: true;
  readonly changes?: true;
  readonly stated?: true;
  readonly statedDomains?: true;
  readonly intersect?: readonly Target[];
  readonly butNot?: readonly Target[];
}

export interface Slice {
  readonly limit: number;
  readonly offset: number;
}

/** What is printed: one of the two. */
export interface Printed {
  readonly json: unknown;
  readonly text: string;
}

/** Where a list comes from, how much of it is wanted, and what it is drawn on. */
export interface ListReading {
  readonly store: BacklinkStore;
  readonly signal: AbortSignal;
  readonly screen: Screen;
  /** Reads one slice, or slice after slice, as the command line asks. */
  readonly gather: <T>(read: (slice: Slice) => Promise<ListPage<T>>) => Promise<ListPage<T>>;
}

type NamedList = (reading: ListReading) => Promise<Printed>;

const KINDS = ['summary', 'anchors', 'domains', 'pages', 'spread', 'changes', 'stated', 'statedDomains', 'intersect'] as const;

/** Adds the options; at most one kind of list may be asked for at a time. */
export function addListOptions(command: Command): Command {
  const option = (flags: string, name: (typeof KINDS)[number], description: string): Option =>
    new Option(flags, description).conflicts([
      ...KINDS.filter((other) => other !== name),
      ...(name === 'intersect' ? [] : ['butNot']),
      ...(name === 'summary' ? [] : ['with']),
    ]);
  const targets = (text: string, before: readonly Target[] = []): readonly Target[] => [...before, readTargetArgument(text)];
  return command
    .addOption(option('--summary', 'summary', 'instead of rows: how many links, pages and domains, new and lost ones, and how strong it is'))
    .addOption(
      new Option('--with <targets>', 'with --summary: further targets, with commas between them, or a file that names one a line').argParser(
        readManyTargets,
      ),
    )
    .addOption(option('--anchors', 'anchors', 'instead of rows: the texts of the links, most used first'))
    .addOption(option('--domains', 'domains', 'instead of rows: the domains that link to the target, strongest first'))
    .addOption(option('--pages', 'pages', 'instead of rows: which pages of the target are linked to'))
    .addOption(option('--spread', 'spread', 'instead of rows: how many links come from pages of each strength'))
    .addOption(option('--changes', 'changes', 'instead of rows: new and lost links by day'))
    .addOption(option('--stated', 'stated', "instead of rows: what other people's lists say of the target as a whole, and a domain's rank"))
    .addOption(option('--stated-domains', 'statedDomains', 'instead of rows: the domains that the newest of these lists names'))
    .addOption(
      option('--intersect <target>', 'intersect', 'instead of rows: domains that link to this target, too; may be repeated').argParser(targets),
    )
    .addOption(new Option('--but-not <target>', 'instead of rows: domains that do not link to this target; may be repeated').argParser(targets));
}

/** The list that the options ask for, null where they ask for rows. */
export function listOf(target: Target, options: ListOptions): NamedList | null {
  if (options.summary === true || options.with !== undefined) return (reading) => printSummaries([target, ...(options.with ?? [])], reading);
  if (options.anchors === true) return anchorList(target);
  if (options.domains === true) return domainList(target);
  if (options.pages === true) return pageList(target);
  if (options.spread === true) return spreadList(target);
  if (options.changes === true) return changeList(target);
  if (options.stated === true) return (reading) => printStatements(target, reading);
  if (options.statedDomains === true) return (reading) => printStatedDomains(target, reading);
  const { intersect = [], butNot = [] } = options;
  return intersect.length + butNot.length === 0 ? null : commonList([target, ...intersect], butNot);
}

type Read<T> = (store: BacklinkStore, slice: Slice, signal: AbortSignal) => Promise<ListPage<T>>;

/** @param entries what the entries are called, in the plural */
function list<T>(entries: string, read: Read<T>, columns: readonly Column<T>[]): NamedList {
  return async ({ store, signal, screen, gather }) => {
    const page = await gather((slice) => read(store, slice, signal));
    const { items, offset, total } = page;
    return { json: page, text: drawn(columns, items, { entries, offset, total }, screen) };
  };
}

function anchorList(target: Target): NamedList {
  return list<AnchorCount>('link texts', (store, slice, signal) => store.anchors({ target, ...slice }, signal), [
    number('links', ({ backlinks }) => backlinks),
    number('domains', ({ referringDomains }) => referringDomains),
    share(({ followed }) => followed),
    { head: 'text', of: ({ text }) => text ?? '(not said)' },
  ]);
}

function domainList(target: Target): NamedList {
  return list<ReferringDomain>('referring domains', (store, slice, signal) => store.referringDomains({ target, ...slice }, signal), [
    strength(({ strength }) => strength),
    number('links', ({ backlinks }) => backlinks),
    share(({ followed }) => followed),
    day('first seen', ({ firstSeen }) => firstSeen),
    { head: 'domain', of: ({ domain }) => domain },
  ]);
}

function pageList(target: Target): NamedList {
  return list<LinkedPage>('linked pages', (store, slice, signal) => store.linkedPages({ target, ...slice }, signal), [
    strength(({ strength }) => strength),
    number('links', ({ backlinks }) => backlinks),
    number('domains', ({ referringDomains }) => referringDomains),
    share(({ followed }) => followed),
    number('status', ({ status }) => status),
    { head: 'page', of: ({ url }) => url },
  ]);
}

interface StrengthStep {
  readonly from: number;
  readonly links: number;
}

function spreadList(target: Target): NamedList {
  // Eleven steps are no list to page through.
  const read: Read<StrengthStep> = async (store, _, signal) => {
    const { counts, generation } = await store.strengthSpread(target, signal);
    return { items: counts.map((links, from) => ({ from, links })), offset: 0, total: counts.length, generation };
  };
  return list<StrengthStep>('strengths', read, [
    { head: 'strength', of: ({ from }) => (from === 10 ? '10' : `${from} to ${from}.9`) },
    number('links', ({ links }) => links),
  ]);
}

function changeList(target: Target): NamedList {
  return list<DayOfChanges>('days with changes', (store, slice, signal) => store.changes({ target, ...slice }, signal), [
    { head: 'day', of: ({ day }) => day },
    number('new', ({ new: fresh }) => fresh),
    number('lost', ({ lost }) => lost),
  ]);
}

function commonList(to: readonly Target[], butNot: readonly Target[]): NamedList {
  return list<CommonDomain>('domains in common', (store, slice, signal) => store.intersection({ to, butNot, ...slice }, signal), [
    strength(({ strength }) => strength),
    ...to.map((target, at) => number<CommonDomain>(`to ${target.name}`, ({ backlinks }) => backlinks[at] ?? 0)),
    { head: 'domain', of: ({ domain }) => domain },
  ]);
}
