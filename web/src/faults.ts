// The vulnerabilities as the page lists them, worked out once from the data. No DOM here.

import type { Data, Entry } from './data.ts';
import { tellsVulnerabilities, type Inventory, type Package, type Vulnerability } from './inventory.ts';
import type { Change } from './model.ts';
import { kLevels, type Level } from './severity.ts';

export type Tally = Record<Level, number>;

export const noTally = (): Tally => ({ critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 });
export const tallied = (tally: Tally): number => kLevels.reduce((sum, level) => sum + tally[level], 0);

export type Origin = 'base' | 'own';

/// One vulnerability as one upgrade mends it, in however many packages. A row of the list.
export interface Fault {
  row: number;
  /// Of the package that it is the most urgent in.
  vulnerability: Vulnerability;
  packages: Package[];
  /// What has to be upgraded: the source package, or the library.
  name: string;
  version: string;
  upgrade: string;
  ecosystem: string;
  /// The same for all that one upgrade mends.
  upgradeKey: string;
  change: Change | null;
  /// In nothing that runs: of a kernel that is not in the image, or out of reach of what it starts.
  apart: boolean;
  /// Lower-case text that the search looks in.
  haystack: string;
}

export interface FaultCounts {
  levels: Tally;
  all: number;
  exploited: number;
  mended: number;
  upgrades: number;
  suppressed: number;
  apart: number;
}

export interface FaultPoint {
  name: string;
  complete: boolean;
  counts: FaultCounts;
}

/// What the current report knows of images; `previous` is what it is compared with.
export interface FaultModel {
  inventory: Inventory;
  faults: Fault[];
  /// How many vulnerabilities those are.
  ids: number;
  counts: FaultCounts;
  previous: FaultCounts | null;
  changes: Record<Change, number>;
  points: FaultPoint[];
  /// Open vulnerabilities of each package and each layer, each id once.
  byPackage: Map<Package, Tally>;
  byLayer: Tally[];
  packagesOfLayer: number[];
}

export const isOfSystem = (of: Package): boolean =>
  of.source_name !== '' || /^pkg:(deb|apk|rpm|alpm)\//.test(of.purl);

/// Headers of a kernel: the kernel itself is not in the image.
export const isKernelHeaders = (of: Package): boolean =>
  /^(linux|kernel|$)/.test(of.source_name) && /^(linux-libc-dev|kernel-headers|linux-headers(-.*)?)$/.test(of.name);

/// The same vulnerability in the same place, whichever version is there.
const identity = (of: Vulnerability): string =>
  [of.id, of.package.ecosystem, of.package.name, of.package.path].join('\n');

function rowKey(of: Vulnerability, change: Change | null): string {
  const { package: from } = of;
  return [
    of.id,
    from.ecosystem,
    from.source_name || from.name,
    from.source_version || from.version,
    of.upgrade,
    of.suppressed ? 'suppressed' : '',
    of.tier === 'not-in-execute-path' ? 'apart' : '',
    change ?? '',
  ].join('\n');
}

function haystackOf({ vulnerability: of, packages, name }: Fault): string {
  const words = [of.id, ...of.aliases, of.title, name, ...of.weaknesses, of.status, of.note];
  if (of.exploited) words.push('exploited kev');
  for (const each of packages) words.push(each.name, each.version, each.ecosystem, each.path);
  return words.join('\n').toLowerCase();
}

const byUrgency = (a: Fault, b: Fault): number =>
  b.vulnerability.priority - a.vulnerability.priority ||
  (a.vulnerability.id < b.vulnerability.id ? -1 : a.vulnerability.id > b.vulnerability.id ? 1 : 0) ||
  a.row - b.row;

/// One row for each vulnerability and upgrade: the binary packages of one source are upgraded as one.
export function toFaults(list: [Vulnerability, Change | null][]): Fault[] {
  const rows = new Map<string, Fault>();
  const members = new Map<Fault, Set<Package>>();
  for (const [of, change] of list) {
    const { package: from } = of;
    const key = rowKey(of, change);
    const known = rows.get(key);
    if (known) {
      members.get(known)!.add(from);
      if (of.priority > known.vulnerability.priority) known.vulnerability = of;
      continue;
    }
    const name = from.source_name || from.name;
    const version = from.source_version || from.version;
    const fault: Fault = {
      row: rows.size,
      vulnerability: of,
      packages: [],
      name,
      version,
      upgrade: of.upgrade,
      ecosystem: from.ecosystem,
      upgradeKey: [from.ecosystem, name, version, of.upgrade].join('\n'),
      change,
      apart: of.tier === 'not-in-execute-path',
      haystack: '',
    };
    rows.set(key, fault);
    members.set(fault, new Set([from]));
  }
  const faults = [...rows.values()];
  for (const fault of faults) {
    fault.packages = [...members.get(fault)!];
    fault.haystack = haystackOf(fault);
  }
  return faults.sort(byUrgency);
}

/// Neither suppressed, nor gone, nor of what nothing runs.
export const isOpen = ({ vulnerability, change, apart }: Fault): boolean =>
  !vulnerability.suppressed && change !== 'fixed' && !apart;

/// Each id once: one that is in another package too is new only where it is new in all of them.
function countChanges(faults: Fault[]): Record<Change, number> {
  const ids = { new: new Set<string>(), remaining: new Set<string>(), fixed: new Set<string>() };
  for (const { change, apart, vulnerability } of faults) {
    if (change && !apart && !vulnerability.suppressed) ids[change].add(vulnerability.id);
  }
  const now = new Set([...ids.new, ...ids.remaining]);
  return {
    new: now.size - ids.remaining.size,
    remaining: ids.remaining.size,
    fixed: [...ids.fixed].filter((id) => !now.has(id)).length,
  };
}

/// Each id once, by its most urgent row. What is suppressed, gone or apart is no open one.
export function countFaults(faults: Fault[]): FaultCounts {
  const levels = noTally();
  const ids = new Set<string>();
  const [mended, suppressed, apart] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const upgrades = new Set<string>();
  let exploited = 0;
  for (const fault of faults) {
    const { id, severity } = fault.vulnerability;
    if (fault.change === 'fixed') continue;
    if (!isOpen(fault)) {
      if (!fault.apart) suppressed.add(id);
      else if (!fault.vulnerability.suppressed) apart.add(id);
      continue;
    }
    if (fault.upgrade !== '') {
      mended.add(id);
      upgrades.add(fault.upgradeKey);
    }
    if (ids.has(id)) continue;
    ids.add(id);
    levels[severity] += 1;
    if (fault.vulnerability.exploited) exploited += 1;
  }
  return {
    levels,
    all: ids.size,
    exploited,
    mended: mended.size,
    upgrades: upgrades.size,
    suppressed: suppressed.size,
    apart: apart.size,
  };
}

/// How many vulnerabilities rows are about, apart from those of nothing that runs.
export const countIds = (faults: Fault[]): number =>
  new Set(faults.filter(({ apart }) => !apart).map(({ vulnerability }) => vulnerability.id)).size;

/// Pairs the vulnerabilities of two reports. A suppressed one that went was not open before.
export function compareVulnerabilities(
  previous: Vulnerability[],
  current: Vulnerability[],
): [Vulnerability, Change][] {
  const before = new Set(previous.map(identity));
  const now = new Set(current.map(identity));
  return [
    ...current.map((of): [Vulnerability, Change] => [of, before.has(identity(of)) ? 'remaining' : 'new']),
    ...previous
      .filter((of) => !now.has(identity(of)) && !of.suppressed)
      .map((of): [Vulnerability, Change] => [of, 'fixed']),
  ];
}

const ofOne = (entry: Entry): Fault[] =>
  toFaults(entry.inventory.vulnerabilities.map((of) => [of, null]));

function talliesOf(faults: Fault[], layers: number): Pick<FaultModel, 'byPackage' | 'byLayer'> {
  const byPackage = new Map<Package, Tally>();
  const byLayer = Array.from({ length: layers }, noTally);
  const seen = new Set<string>();
  for (const fault of faults.filter(isOpen)) {
    const of = fault.vulnerability;
    for (const from of fault.packages) {
      const tally = byPackage.get(from) ?? noTally();
      tally[of.severity] += 1;
      byPackage.set(from, tally);
      if (from.layer === null) continue;
      const key = `${from.layer} ${of.id}`;
      if (!seen.has(key)) byLayer[from.layer]![of.severity] += 1;
      seen.add(key);
    }
  }
  return { byPackage, byLayer };
}

/// Nothing when no report tells of an image, of packages or of vulnerabilities.
export function buildFaults({ entries }: Data): FaultModel | null {
  const current = entries[entries.length - 1]!;
  const previous = entries[entries.length - 2] ?? null;
  const { inventory } = current;
  const telling = entries.some((entry) => tellsVulnerabilities(entry.inventory));
  if (!telling && inventory.image === null && inventory.packages.length === 0) return null;
  const compared =
    previous && tellsVulnerabilities(previous.inventory) && tellsVulnerabilities(inventory);
  const faults = compared
    ? toFaults(compareVulnerabilities(previous.inventory.vulnerabilities, inventory.vulnerabilities))
    : ofOne(current);
  const layers = inventory.image?.layers.length ?? 0;
  const packagesOfLayer = new Array<number>(layers).fill(0);
  for (const { layer } of inventory.packages) if (layer !== null) packagesOfLayer[layer]! += 1;
  return {
    inventory,
    faults,
    ids: countIds(faults),
    counts: countFaults(faults),
    previous: compared ? countFaults(ofOne(previous)) : null,
    changes: countChanges(faults),
    points: telling
      ? entries.map((entry) => ({
          name: entry.name,
          complete: entry.report.complete,
          counts: countFaults(ofOne(entry)),
        }))
      : [],
    ...talliesOf(faults, layers),
    packagesOfLayer,
  };
}

/// Whether a package came with the base image; null where that is not known.
export function originOf(model: FaultModel, from: Package): Origin | null {
  const base = model.inventory.image?.base;
  if (!base || base.layers === 0 || from.layer === null) return null;
  return from.layer < base.layers ? 'base' : 'own';
}

