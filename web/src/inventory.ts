// The part of the contract that is about images: layers, packages and their vulnerabilities.

import type { Suppression } from './data.ts';
import { type Node, texts } from './node.ts';
import { kLevels, type Level } from './severity.ts';

/// How near a package is to what runs, the nearest first.
export const kTiers = ['in-use', 'loadable', 'present', 'build-only', 'not-in-execute-path'] as const;
export type Tier = (typeof kTiers)[number];

export interface Layer {
  diff_id: string;
  digest: string;
  size: number;
  bytes: number;
  instruction: string;
  place: string;
}

export interface Waste {
  title: string;
  what: string;
  bytes: number;
  layer: number;
  advice: string;
}

export interface Image {
  reference: string;
  digest: string;
  platform: string;
  os: string;
  created: string;
  user: string;
  start: string[];
  size: number;
  bytes: number;
  layers: Layer[];
  /// `layers`: how many of the lowest are the base's; 0 when that is not known.
  base: { name: string; layers: number } | null;
  waste: Waste[];
}

export interface Package {
  name: string;
  version: string;
  ecosystem: string;
  purl: string;
  path: string;
  /// Index of the layer that brought it.
  layer: number | null;
  source_name: string;
  source_version: string;
  licenses: string[];
  dev: boolean;
}

export interface Vulnerability {
  id: string;
  package: Package;
  severity: Level;
  priority: number;
  fixed: string;
  upgrade: string;
  status: string;
  tier: Tier;
  exploited: boolean;
  epss: number | null;
  epss_percentile: number | null;
  cvss: number | null;
  cvss_vector: string;
  severity_source: string;
  note: string;
  title: string;
  details: string;
  aliases: string[];
  weaknesses: string[];
  published: string;
  modified: string;
  reasons: string[];
  why: string[];
  url: string;
  references: string[];
  suppressed: Suppression | null;
}

export interface Unjudged {
  ecosystem: string;
  reason: string;
  packages: number;
}

export interface Inventory {
  image: Image | null;
  packages: Package[];
  vulnerabilities: Vulnerability[];
  unjudged: Unjudged[];
  /// Day of the database, with a remark behind it; '' when none was asked.
  advisories: string;
}

/// Texts that stand once in the data, by their number.
class Shared {
  constructor(private readonly list: string[]) {}

  text(node: Node): string {
    if (node.absent) return '';
    if (typeof node.value === 'string') return node.value;
    return this.list[node.count()] ?? node.fail('the number of a text');
  }

  texts(node: Node): string[] {
    return node.listOrEmpty().map((item) => this.text(item));
  }
}

function readImage(node: Node): Image | null {
  if (node.absent) return null;
  const base = node.key('base');
  return {
    reference: node.key('reference').textOrEmpty(),
    digest: node.key('digest').textOrEmpty(),
    platform: node.key('platform').textOrEmpty(),
    os: node.key('os_title').textOrEmpty() || node.key('os').textOrEmpty(),
    created: node.key('created').textOrEmpty(),
    user: node.key('user').textOrEmpty(),
    start: texts(node.key('start')),
    size: node.key('size').countOrZero(),
    bytes: node.key('bytes').countOrZero(),
    layers: node
      .key('layers')
      .listOrEmpty()
      .map((layer) => ({
        diff_id: layer.key('diff_id').textOrEmpty(),
        digest: layer.key('digest').textOrEmpty(),
        size: layer.key('size').countOrZero(),
        bytes: layer.key('bytes').countOrZero(),
        instruction: layer.key('instruction').textOrEmpty(),
        place: layer.key('place').textOrEmpty(),
      })),
    base: base.absent
      ? null
      : { name: base.key('name').textOrEmpty(), layers: base.key('layers').countOrZero() },
    waste: node
      .key('waste')
      .listOrEmpty()
      .map((item) => ({
        title: item.key('title').textOrEmpty(),
        what: item.key('what').textOrEmpty(),
        bytes: item.key('bytes').countOrZero(),
        layer: item.key('layer').countOrZero(),
        advice: item.key('advice').textOrEmpty(),
      })),
  };
}

function readPackage(node: Node, shared: Shared, layers: number): Package {
  const layer = node.key('layer');
  const index = layer.absent ? null : layer.count();
  if (index !== null && index >= layers) layer.fail('the number of a layer');
  return {
    name: node.key('name').textOrEmpty(),
    version: node.key('version').textOrEmpty(),
    ecosystem: shared.text(node.key('ecosystem')),
    purl: node.key('purl').textOrEmpty(),
    path: shared.text(node.key('path')),
    layer: index,
    source_name: node.key('source_name').textOrEmpty(),
    source_version: node.key('source_version').textOrEmpty(),
    licenses: shared.texts(node.key('licenses')),
    dev: node.key('dev').flagOrFalse(),
  };
}

function readSuppression(node: Node, shared: Shared): Suppression | null {
  if (node.absent) return null;
  return {
    by: shared.text(node.key('by')),
    reason: shared.text(node.key('reason')),
    until: shared.text(node.key('until')),
  };
}

function readVulnerability(node: Node, shared: Shared, packages: Package[]): Vulnerability {
  const severity = node.key('severity');
  const of = node.key('package');
  const tier = shared.text(node.key('tier'));
  return {
    id: node.key('id').text(),
    package: packages[of.count()] ?? of.fail('the number of a package'),
    severity: severity.absent ? 'unknown' : severity.oneOf(kLevels),
    priority: node.key('priority').numberOrNull() ?? 0,
    fixed: node.key('fixed').textOrEmpty(),
    upgrade: node.key('upgrade').textOrEmpty(),
    status: shared.text(node.key('status')),
    tier: kTiers.find((word) => word === tier) ?? 'present',
    exploited: node.key('kev').flagOrFalse(),
    epss: node.key('epss').numberOrNull(),
    epss_percentile: node.key('epss_percentile').numberOrNull(),
    cvss: node.key('cvss').numberOrNull(),
    cvss_vector: shared.text(node.key('cvss_vector')),
    severity_source: shared.text(node.key('severity_source')),
    note: shared.text(node.key('note')),
    title: shared.text(node.key('title')),
    details: shared.text(node.key('details')),
    aliases: shared.texts(node.key('aliases')),
    weaknesses: shared.texts(node.key('weaknesses')),
    published: shared.text(node.key('published')),
    modified: shared.text(node.key('modified')),
    reasons: shared.texts(node.key('reasons')),
    why: shared.texts(node.key('why')),
    url: shared.text(node.key('url')),
    references: shared.texts(node.key('references')),
    suppressed: readSuppression(node.key('suppressed'), shared),
  };
}

export function readInventory(entry: Node): Inventory {
  const report = entry.key('report');
  const shared = new Shared(texts(entry.key('texts')));
  const image = readImage(report.key('image'));
  const layers = image?.layers.length ?? 0;
  const packages = entry
    .key('packages')
    .listOrEmpty()
    .map((node) => readPackage(node, shared, layers));
  return {
    image,
    packages,
    vulnerabilities: entry
      .key('vulnerabilities')
      .listOrEmpty()
      .map((node) => readVulnerability(node, shared, packages)),
    unjudged: report
      .key('unjudged')
      .listOrEmpty()
      .map((node) => ({
        ecosystem: node.key('ecosystem').textOrEmpty(),
        reason: node.key('reason').textOrEmpty(),
        packages: node.key('packages').countOrZero(),
      })),
    advisories: report.key('advisories_made').textOrEmpty(),
  };
}

/// True when the report tells of vulnerabilities, be it that there are none.
export const tellsVulnerabilities = (inventory: Inventory): boolean =>
  inventory.advisories !== '' || inventory.vulnerabilities.length > 0;
