// Which vulnerabilities are shown, in which groups, and how a link carries that choice.

import {
  isKernelHeaders,
  isOfSystem,
  isOpen,
  noTally,
  originOf,
  tallied,
  type Fault,
  type FaultModel,
  type Origin,
  type Tally,
} from './faults.ts';
import { kTiers, type Package, type Tier } from './inventory.ts';
import { kChanges, type Change } from './model.ts';
import { kLevels, type Level } from './severity.ts';

export const kFaultGroupings = ['upgrade', 'package', 'layer', 'change', 'priority'] as const;
export type FaultGrouping = (typeof kFaultGroupings)[number];

/// An empty set does not narrow; null neither.
export interface FaultView {
  query: string;
  levels: ReadonlySet<Level>;
  tiers: ReadonlySet<Tier>;
  changes: ReadonlySet<Change>;
  fixable: boolean;
  exploited: boolean;
  suppressed: boolean;
  origin: Origin | null;
  /// Index in the image's layers, and in the report's packages.
  layer: number | null;
  package: number | null;
  grouping: FaultGrouping;
}

export const kDefaultFaultView: FaultView = {
  query: '',
  levels: new Set(),
  tiers: new Set(),
  changes: new Set(),
  fixable: false,
  exploited: false,
  suppressed: false,
  origin: null,
  layer: null,
  package: null,
  grouping: 'upgrade',
};

/// True when something is hidden that the default shows, or the other way round.
export const narrowedFaults = (view: FaultView): boolean =>
  faultHash({ ...view, query: view.query.trim(), grouping: 'upgrade' }) !== '';

export function faultHash(view: FaultView): string {
  const words = new URLSearchParams();
  const set = (name: string, value: ReadonlySet<string>) => {
    if (value.size > 0) words.set(`v.${name}`, [...value].sort().join(','));
  };
  const flag = (name: string, value: boolean) => {
    if (value) words.set(`v.${name}`, '1');
  };
  if (view.query !== '') words.set('v.q', view.query);
  set('severity', view.levels);
  set('tier', view.tiers);
  set('change', view.changes);
  flag('fixable', view.fixable);
  flag('exploited', view.exploited);
  flag('suppressed', view.suppressed);
  if (view.origin !== null) words.set('v.from', view.origin);
  if (view.layer !== null) words.set('v.layer', `${view.layer + 1}`);
  if (view.package !== null) words.set('v.package', `${view.package + 1}`);
  if (view.grouping !== 'upgrade') words.set('v.group', view.grouping);
  return words.toString();
}

/// Reads a hash that anybody may have written: words that we do not know are left out.
export function faultViewFrom(hash: string, model: FaultModel): FaultView {
  const words = new URLSearchParams(hash.replace(/^#/, ''));
  const set = <T extends string>(name: string, known: readonly T[]): ReadonlySet<T> => {
    const asked = new Set((words.get(`v.${name}`) ?? '').split(','));
    return new Set(known.filter((word) => asked.has(word)));
  };
  const index = (name: string, count: number): number | null => {
    const value = words.get(`v.${name}`) ?? '';
    const number = /^[1-9]\d{0,6}$/.test(value) ? Number(value) - 1 : count;
    return number < count ? number : null;
  };
  const flag = (name: string) => words.get(`v.${name}`) === '1';
  const origin = words.get('v.from');
  return {
    query: (words.get('v.q') ?? '').slice(0, 1000),
    levels: set('severity', kLevels),
    tiers: set('tier', kTiers),
    changes: model.previous ? set('change', kChanges) : new Set(),
    fixable: flag('fixable'),
    exploited: flag('exploited'),
    suppressed: flag('suppressed'),
    origin: origin === 'base' || origin === 'own' ? origin : null,
    layer: index('layer', model.inventory.image?.layers.length ?? 0),
    package: index('package', model.inventory.packages.length),
    grouping: groupingsOf(model).find((word) => word === words.get('v.group')) ?? 'upgrade',
  };
}

/// Those that say something about this report.
export function groupingsOf(model: FaultModel): FaultGrouping[] {
  return kFaultGroupings.filter(
    (word) =>
      (word !== 'change' || model.previous !== null) &&
      (word !== 'layer' || model.packagesOfLayer.length > 1),
  );
}

const wordsOf = (query: string): string[] =>
  query.toLowerCase().split(/\s+/).filter((word) => word !== '');

/// Every word of the query must occur, in any order.
export function filterFaults(model: FaultModel, view: FaultView): Fault[] {
  const words = wordsOf(view.query);
  const chosen = view.package === null ? null : model.inventory.packages[view.package];
  return model.faults.filter((fault) => {
    const { vulnerability: of, packages } = fault;
    if (!view.suppressed && of.suppressed) return false;
    if (view.levels.size > 0 && !view.levels.has(of.severity)) return false;
    if (view.tiers.size > 0 && !view.tiers.has(of.tier)) return false;
    if (view.changes.size > 0 && fault.change && !view.changes.has(fault.change)) return false;
    if (view.fixable && fault.upgrade === '') return false;
    if (view.exploited && !of.exploited) return false;
    // Layers and packages are of the current image; what is gone is in none of them.
    const is = (wanted: (from: Package) => boolean) => fault.change !== 'fixed' && packages.some(wanted);
    if (view.layer !== null && !is((from) => from.layer === view.layer)) return false;
    if (chosen && !is((from) => from === chosen)) return false;
    if (view.origin !== null && !is((from) => originOf(model, from) === view.origin)) return false;
    return words.every((word) => fault.haystack.includes(word));
  });
}

/// Packages of the chosen layer that the search names; what is worst first.
export function filterPackages(model: FaultModel, view: FaultView): Package[] {
  const words = wordsOf(view.query);
  const urgency = new Map<Package, number>();
  for (const { vulnerability, packages } of model.faults.filter(isOpen)) {
    for (const from of packages) {
      urgency.set(from, Math.max(urgency.get(from) ?? -1, vulnerability.priority));
    }
  }
  // Where vulnerabilities are listed too, the search is theirs.
  const searches = model.faults.length === 0;
  return model.inventory.packages
    .filter((from) => {
      if (view.layer !== null && from.layer !== view.layer) return false;
      if (view.origin !== null && originOf(model, from) !== view.origin) return false;
      if (!searches) return true;
      const text = `${from.name}\n${from.version}\n${from.ecosystem}\n${from.path}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => (urgency.get(b) ?? -1) - (urgency.get(a) ?? -1));
}

export type FaultGroupKind = 'upgrade' | 'unfixed' | 'package' | 'layer' | 'change' | 'all' | 'apart';

export interface FaultGroup {
  key: string;
  kind: FaultGroupKind;
  faults: Fault[];
  counts: Tally;
  urgency: number;
  /// Files that name the library; none for packages of the system.
  places: Set<string>;
}

function keyOf(fault: Fault, grouping: FaultGrouping): [FaultGroupKind, string] {
  if (fault.apart) return ['apart', isKernelHeaders(fault.vulnerability.package) ? 'kernel' : 'reach'];
  switch (grouping) {
    case 'upgrade':
      return fault.upgrade === '' ? ['unfixed', ''] : ['upgrade', fault.upgradeKey];
    case 'package':
      return ['package', [fault.ecosystem, fault.name, fault.version].join('\n')];
    case 'layer':
      return ['layer', `${fault.change === 'fixed' ? 'gone' : fault.packages[0]?.layer ?? 'none'}`];
    case 'change':
      return ['change', fault.change ?? 'remaining'];
    case 'priority':
      return ['all', ''];
  }
}

/// Upgrades before what has none, and last what nothing runs.
const kKindOrder: FaultGroupKind[] = ['upgrade', 'package', 'layer', 'change', 'all', 'unfixed', 'apart'];

/// Groups keep the order of `faults` within; the most urgent comes first.
export function groupFaults(faults: Fault[], grouping: FaultGrouping): FaultGroup[] {
  const groups = new Map<string, FaultGroup>();
  const ids = new Map<FaultGroup, Set<string>>();
  for (const fault of faults) {
    const [kind, rest] = keyOf(fault, grouping);
    const key = `${kind}\n${rest}`;
    let group = groups.get(key);
    if (!group) {
      group = { key, kind, faults: [], counts: noTally(), urgency: 0, places: new Set() };
      groups.set(key, group);
      ids.set(group, new Set());
    }
    group.faults.push(fault);
    for (const from of fault.packages) {
      if (from.path !== '' && !isOfSystem(from)) group.places.add(from.path);
    }
    const { suppressed, id, severity, priority } = fault.vulnerability;
    if (suppressed || (fault.change === 'fixed' && grouping !== 'change')) continue;
    group.urgency = Math.max(group.urgency, priority);
    const known = ids.get(group)!;
    if (!known.has(id)) group.counts[severity] += 1;
    known.add(id);
  }
  const rank = (group: FaultGroup) => kKindOrder.indexOf(group.kind);
  const inOrder = (group: FaultGroup): number =>
    group.kind === 'change' ? kChanges.indexOf(group.faults[0]?.change ?? 'remaining') : 0;
  return [...groups.values()].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      inOrder(a) - inOrder(b) ||
      b.urgency - a.urgency ||
      tallied(b.counts) - tallied(a.counts) ||
      (a.key < b.key ? -1 : 1),
  );
}
