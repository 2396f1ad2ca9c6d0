/**
 * The links behind the tree: what is known of each open document, in the arrangement that the user chose. A change costs as much as it
 * changes: nodes stay the same objects, and whoever draws them is told which of them to draw again. Pure.
 */
import { placeOf } from '../../../shared/linkPlace.ts';
import type { DocumentFacts, LinkFacts } from '../../../shared/protocol.ts';
import { type Arrangement, type Common, commonOf, compareCommon, compareDomains, compareLinks, filterOf, keyOf } from './arrangement.ts';
import type { GroupNode, LinkNode } from './nodes.ts';
import { sameLink } from './sameFacts.ts';

/** What has to be drawn again. */
export interface Changes {
  /** Groups came or went. */
  readonly roots: boolean;
  /** Ids of groups whose links, or whose own words, are others now. */
  readonly groups: ReadonlySet<string>;
  /** Links whose words are others now, in groups that stay as they are. */
  readonly links: readonly LinkNode[];
}

export interface LinkModel {
  readonly arrangement: () => Arrangement;
  readonly arrange: (arrangement: Arrangement) => void;
  /** Null facts: the document is open and nothing is known of it yet. */
  readonly set: (uri: string, facts: DocumentFacts | null) => Changes;
  readonly remove: (uri: string) => void;
  readonly facts: (uri: string) => DocumentFacts | null;
  /** Groups that hold links which the filter lets through, in their order; none where links are grouped by document. */
  readonly groups: () => readonly GroupNode[];
  /** Links of a group or document that the filter lets through, in their order. */
  readonly links: (group: string) => readonly LinkNode[];
  /** Links in all, and those that the filter lets through, in every document. */
  readonly counts: () => { readonly all: number; readonly shown: number };
}

interface Group {
  readonly node: GroupNode | null;
  /** By place. */
  readonly members: Map<string, LinkNode>;
  /** Filtered and sorted; null after a change. */
  listed: readonly LinkNode[] | null;
}

export function createLinkModel(start: Arrangement): LinkModel {
  const documents = new Map<string, DocumentFacts | null>();
  let arrangement = start;
  let groups = new Map<string, Group>();
  /** True when the groups are not those of the documents any more: they are made anew when somebody looks. */
  let behind = false;

  const homesOf = (uri: string, link: LinkFacts): { id: string; common: Common | null } => {
    if (arrangement.grouping === 'document') return { id: uri, common: null };
    const common = commonOf(link, arrangement.grouping);
    return { id: keyOf(common), common };
  };

  const join = (uri: string, link: LinkFacts): { group: Group; id: string; created: boolean } => {
    const { id, common } = homesOf(uri, link);
    const known = groups.get(id);
    if (known !== undefined) return { group: known, id, created: false };
    const group: Group = { node: common === null ? null : { kind: 'group', id, common }, members: new Map(), listed: null };
    groups.set(id, group);
    return { group, id, created: true };
  };

  /** Adds a link of a document; one that other documents hold too is the same node where links are not grouped by document. */
  const add = (uri: string, link: LinkFacts): { created: boolean } => {
    const { group, id, created } = join(uri, link);
    const place = placeOf(link);
    const there = group.members.get(place);
    if (there === undefined) group.members.set(place, { kind: 'link', id: `${id} ${place}`, group: id, document: uri, link, documents: 1 });
    else there.documents += 1;
    group.listed = null;
    return { created };
  };

  const unlist = (id: string) => {
    const group = groups.get(id);
    if (group !== undefined) group.listed = null;
  };

  /** Takes a link of one document out of its group; true when the group is empty then. */
  const leave = (id: string, node: LinkNode): boolean => {
    unlist(id);
    node.documents -= 1;
    const members = groups.get(id)?.members;
    if (node.documents === 0) members?.delete(placeOf(node.link));
    if (members?.size !== 0) return false;
    groups.delete(id);
    return true;
  };

  const upToDate = () => {
    if (!behind) return;
    behind = false;
    const before = groups;
    groups = new Map();
    for (const [uri, facts] of [...documents].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (arrangement.grouping === 'document') groups.set(uri, { node: null, members: new Map(), listed: null });
      for (const link of facts?.links ?? []) add(uri, link);
    }
    keepNodes(before, groups);
  };

  const changesOfAll = (): Changes => ({ roots: true, groups: new Set(), links: [] });

  const patch = (uri: string, before: DocumentFacts, facts: DocumentFacts): Changes | null => {
    if (before.links.length !== facts.links.length) return null;
    upToDate();
    const changed: [LinkFacts, LinkFacts][] = [];
    for (const [index, link] of facts.links.entries()) {
      const old = before.links[index];
      if (old === undefined || placeOf(old) !== placeOf(link)) return null;
      if (!sameLink(old, link)) changed.push([old, link]);
    }
    const touched = new Set<string>();
    const links: LinkNode[] = [];
    let roots = false;
    for (const [old, link] of changed) {
      const [from, to] = [homesOf(uri, old).id, homesOf(uri, link).id];
      const node = groups.get(from)?.members.get(placeOf(old));
      if (node === undefined) return null;
      if (from !== to) {
        const [emptied, { created }] = [leave(from, node), add(uri, link)];
        roots ||= emptied || created;
        touched.add(from).add(to);
        continue;
      }
      if (node.document === uri) node.link = link;
      if (movesIn(arrangement, old, link)) {
        unlist(from);
        touched.add(from);
      } else links.push(node);
    }
    const words = before.findings !== facts.findings || before.problem !== facts.problem || linkCount(before) !== linkCount(facts);
    if (words && arrangement.grouping === 'document') touched.add(uri);
    return { roots, groups: touched, links: links.filter((node) => node.group === null || !touched.has(node.group)) };
  };

  const listed = (group: Group): readonly LinkNode[] => {
    if (group.listed !== null) return group.listed;
    const passes = filterOf(arrangement.filter);
    const compare = compareLinks(arrangement.sort);
    const shown = [...group.members.values()].filter(({ link }) => passes === null || passes(link));
    if (compare !== null) shown.sort((a, b) => compare(a.link, b.link));
    else if (group.node !== null) shown.sort(byPlace);
    group.listed = shown;
    return shown;
  };

  return {
    arrangement: () => arrangement,
    arrange: (next) => {
      const regroup = next.grouping !== arrangement.grouping;
      arrangement = next;
      if (regroup) behind = true;
      for (const group of groups.values()) group.listed = null;
    },
    set: (uri, facts) => {
      const before = documents.get(uri);
      const small = before != null && facts !== null ? patch(uri, before, facts) : null;
      documents.set(uri, facts);
      if (small !== null) return small;
      behind = true;
      // The document's own links are others; which documents there are is the same.
      if (arrangement.grouping === 'document' && before !== undefined) return { roots: false, groups: new Set([uri]), links: [] };
      return changesOfAll();
    },
    remove: (uri) => {
      if (documents.delete(uri)) behind = true;
    },
    facts: (uri) => documents.get(uri) ?? null,
    groups: () => {
      upToDate();
      const shown = [...groups.values()].filter((group) => group.node !== null && listed(group).length > 0);
      shown.sort((a, b) => compareGroups(a, b, arrangement, listed));
      return shown.flatMap(({ node }) => node ?? []);
    },
    links: (id) => {
      upToDate();
      const group = groups.get(id);
      return group === undefined ? [] : listed(group);
    },
    counts: () => {
      const passes = filterOf(arrangement.filter);
      let [all, shown] = [0, 0];
      for (const facts of documents.values()) {
        for (const link of facts?.links ?? []) {
          all += link.count;
          if (passes === null || passes(link)) shown += link.count;
        }
      }
      return { all, shown };
    },
  };
}

/** Nodes that stay keep their identity: the editor holds on to what it has drawn. */
function keepNodes(before: ReadonlyMap<string, Group>, after: ReadonlyMap<string, Group>): void {
  for (const [id, group] of after) {
    const old = before.get(id);
    if (old === undefined) continue;
    for (const [place, node] of group.members) {
      const kept = old.members.get(place);
      if (kept === undefined) continue;
      kept.link = node.link;
      kept.document = node.document;
      kept.documents = node.documents;
      group.members.set(place, kept);
    }
    if (group.node !== null && old.node !== null) (after as Map<string, Group>).set(id, { ...group, node: old.node });
  }
}

function byPlace(a: LinkNode, b: LinkNode): number {
  if (a.document !== b.document) return a.document < b.document ? -1 : 1;
  const [one, other] = [a.link.range.start, b.link.range.start];
  return one.line - other.line || one.character - other.character;
}

/** True where a change of what is known may move a link among the others. */
function movesIn({ sort }: Arrangement, old: LinkFacts, link: LinkFacts): boolean {
  const compare = compareLinks(sort);
  return compare !== null && sort !== 'name' && compare(old, link) !== 0;
}

function compareGroups(a: Group, b: Group, { sort }: Arrangement, listed: (group: Group) => readonly LinkNode[]): number {
  if (a.node === null || b.node === null) return 0;
  const apart = compareCommon(a.node.common, b.node.common);
  if (apart !== 0) return apart;
  const names = a.node.id < b.node.id ? -1 : 1;
  if (a.node.common.kind !== 'domain' || sort === 'name') return names;
  if (sort === 'place') return listed(b).length - listed(a).length || names;
  const compare = compareLinks(sort);
  const [first, second] = [listed(a)[0], listed(b)[0]];
  if (compare === null || first === undefined || second === undefined) return names;
  return compareDomains(first.link, second.link, sort) || compare(first.link, second.link) || names;
}

function linkCount(facts: DocumentFacts): number {
  return facts.links.reduce((sum, { count }) => sum + count, 0);
}
