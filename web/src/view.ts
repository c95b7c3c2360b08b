// Which findings are shown, in which groups, and how a link carries that choice.

import { kSeverities, type Severity } from './data.ts';
import {
  isFixable,
  kChanges,
  noCounts,
  worseFirst,
  type Change,
  type Counts,
  type Item,
  type Kind,
  type Model,
} from './model.ts';

export const kGroupings = ['subject', 'rule', 'control', 'change'] as const;
export type Grouping = (typeof kGroupings)[number];

/// An empty set does not narrow.
export interface View {
  query: string;
  severities: ReadonlySet<Severity>;
  controls: ReadonlySet<string>;
  changes: ReadonlySet<Change>;
  suppressed: boolean;
  fixable: boolean;
  grouping: Grouping;
}

export function defaultView(kind: Kind): View {
  return {
    query: '',
    severities: new Set(),
    controls: new Set(),
    // A trend is read for what is; what was fixed on the way is one click away.
    changes: kind === 'trend' ? new Set<Change>(['new', 'remaining']) : new Set(),
    suppressed: false,
    fixable: false,
    grouping: kind === 'comparison' ? 'change' : 'subject',
  };
}

const sameSet = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean =>
  a.size === b.size && [...a].every((item) => b.has(item));

/// True when something is hidden that the default shows, or the other way round.
export function narrowed(view: View, kind: Kind): boolean {
  const standard = defaultView(kind);
  return (
    view.query.trim() !== '' ||
    view.severities.size > 0 ||
    view.controls.size > 0 ||
    view.fixable ||
    view.suppressed ||
    !sameSet(view.changes, standard.changes)
  );
}

export function toHash(view: View, kind: Kind): string {
  const standard = defaultView(kind);
  const words = new URLSearchParams();
  const list = (name: string, now: ReadonlySet<string>, usual: ReadonlySet<string>) => {
    if (!sameSet(now, usual)) words.set(name, [...now].sort().join(',') || 'all');
  };
  if (view.query !== '') words.set('q', view.query);
  list('severity', view.severities, standard.severities);
  list('control', view.controls, standard.controls);
  list('change', view.changes, standard.changes);
  if (view.suppressed) words.set('suppressed', '1');
  if (view.fixable) words.set('fixable', '1');
  if (view.grouping !== standard.grouping) words.set('group', view.grouping);
  return words.toString();
}

/// Reads a hash that anybody may have written: words that we do not know are left out.
export function fromHash(hash: string, model: Model): View {
  const view = defaultView(model.kind);
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const set = <T extends string>(name: string, known: Iterable<T>, usual: ReadonlySet<T>) => {
    const value = words.get(name);
    if (value === null) return usual;
    const asked = new Set(value.split(','));
    return new Set([...known].filter((word) => asked.has(word)));
  };
  const grouping = kGroupings.find((word) => word === words.get('group'));
  return {
    query: (words.get('q') ?? '').slice(0, 1000),
    severities: set('severity', kSeverities, view.severities),
    controls: set('control', model.controlTitles.keys(), view.controls),
    changes: model.kind === 'report' ? view.changes : set('change', kChanges, view.changes),
    suppressed: words.get('suppressed') === '1',
    fixable: words.get('fixable') === '1',
    grouping:
      grouping && (grouping !== 'change' || model.kind !== 'report') ? grouping : view.grouping,
  };
}

/// Every word of the query must occur, in any order.
export function filter(items: Item[], view: View): Item[] {
  const words = view.query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return items.filter((item) => {
    const { finding } = item;
    if (!view.suppressed && finding.suppressed) return false;
    if (view.severities.size > 0 && !view.severities.has(finding.severity)) return false;
    if (view.controls.size > 0 && !view.controls.has(finding.control)) return false;
    if (view.changes.size > 0 && item.change && !view.changes.has(item.change)) return false;
    if (view.fixable && !isFixable(item)) return false;
    return words.every((word) => item.haystack.includes(word));
  });
}

export interface Group {
  key: string;
  /// The name of the group as words, and what kind of thing it is.
  label: string;
  kind: string;
  path: string;
  items: Item[];
  /// Findings of other groups that are about this subject too.
  shared: Item[];
  counts: Counts;
}

const kChangeLabels: Record<Change, string> = {
  new: 'New',
  remaining: 'Remaining',
  fixed: 'Fixed',
};

function keyOf(item: Item, grouping: Grouping): string {
  switch (grouping) {
    case 'rule':
      return item.finding.rule;
    case 'control':
      return item.finding.control;
    case 'change':
      return item.change ?? 'remaining';
    case 'subject':
      return item.subjectKey;
  }
}

/// The heading of the group that `item` is the first of.
function describe(
  item: Item,
  grouping: Grouping,
  model: Model,
): Pick<Group, 'label' | 'kind' | 'path'> {
  const { finding, subject, subjectKey } = item;
  switch (grouping) {
    case 'rule':
      return { label: item.rule?.title || finding.rule, kind: finding.rule, path: '' };
    case 'control':
      return {
        label: model.controlTitles.get(finding.control) ?? finding.control,
        kind: '',
        path: '',
      };
    case 'change':
      return { label: kChangeLabels[item.change ?? 'remaining'], kind: '', path: '' };
    case 'subject': {
      if (!subject) return { label: subjectKey || 'Everything else', kind: '', path: '' };
      if (subject.kind === 'project') return { label: 'The project', kind: '', path: '' };
      // Not subject.path: a fixed finding's subject lies below another root, its key is cut already.
      const path = subjectKey.split('#', 1)[0] ?? '';
      if (subject.name === subject.path) return { label: path, kind: subject.kind, path: '' };
      return { label: subject.name, kind: subject.kind, path };
    }
  }
}

/// Groups keep the order of `items` within; the worst group comes first.
export function group(items: Item[], grouping: Grouping, model: Model): Group[] {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const key = keyOf(item, grouping);
    let entry = groups.get(key);
    if (!entry) {
      const head = describe(item, grouping, model);
      entry = { key, ...head, items: [], shared: [], counts: noCounts() };
      groups.set(key, entry);
    }
    entry.items.push(item);
    // What is fixed or suppressed weighs nothing, but where all is fixed the group is about that.
    if (!item.finding.suppressed && (item.change !== 'fixed' || grouping === 'change')) {
      entry.counts[item.finding.severity] += 1;
    }
  }
  if (grouping === 'subject') {
    for (const item of items) for (const key of item.also) groups.get(key)?.shared.push(item);
  }
  const list = [...groups.values()];
  if (grouping === 'change') {
    return list.sort(
      (a, b) => kChanges.indexOf(a.key as Change) - kChanges.indexOf(b.key as Change),
    );
  }
  return list.sort(
    (a, b) =>
      worseFirst(a.counts, b.counts) || b.items.length - a.items.length || (a.key < b.key ? -1 : 1),
  );
}
