import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../../src/data.ts';
import { buildFaults, type Fault, type FaultModel } from '../../src/faults.ts';
import {
  faultHash,
  faultViewFrom,
  filterFaults,
  filterPackages,
  groupFaults,
  kDefaultFaultView,
  narrowedFaults,
  type FaultView,
} from '../../src/fault-view.ts';
import { bytes } from '../../src/Text.tsx';
import { data, shop } from '../fixtures/reports.ts';
import { imageData, imageEntry, later, vulnerabilities, withoutAdvisories } from '../fixtures/images.ts';

function model(...entries: object[]): FaultModel {
  const loaded = load(JSON.stringify(imageData(...(entries as Record<string, unknown>[]))));
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.problem);
  return buildFaults(loaded.data)!;
}

const one = () => model(imageEntry('image'));
const view = (part: Partial<FaultView>): FaultView => ({ ...kDefaultFaultView, ...part });
const ids = (faults: Fault[]) => faults.map(({ vulnerability }) => vulnerability.id.slice(-4));

test('a report without an image tells nothing of images', () => {
  const loaded = load(JSON.stringify(data([['shop', shop()]])));
  assert.ok(loaded.ok);
  assert.equal(buildFaults(loaded.data), null);
});

test('texts are found by their number', () => {
  const first = one().faults[0]!.vulnerability;
  assert.equal(first.title, 'pollutes the prototype');
  assert.deepEqual(first.aliases, ['GHSA-aaaa']);
  assert.equal(first.package.path, 'srv/package-lock.json');
});

test('each vulnerability counts once; suppressed ones and kernel headers apart', () => {
  assert.deepEqual(one().counts, {
    levels: { critical: 1, high: 2, medium: 1, low: 1, info: 0, unknown: 1 },
    all: 6,
    exploited: 1,
    mended: 5,
    upgrades: 3,
    suppressed: 1,
    apart: 1,
  });
});

test('the packages of one source are one row', () => {
  const fault = one().faults.find(({ vulnerability }) => vulnerability.id === 'CVE-2024-0002')!;
  assert.equal(fault.name, 'openssl');
  assert.deepEqual(fault.packages.map(({ name }) => name), ['libssl3', 'openssl']);
});

test('upgrades come first, the most urgent before; then what has none, then what nothing runs', () => {
  const built = one();
  const groups = groupFaults(filterFaults(built, kDefaultFaultView), 'upgrade');
  assert.deepEqual(
    groups.map(({ kind, faults }) => [kind, faults[0]!.name, ids(faults)]),
    [
      ['upgrade', 'lodash', ['0001', '0005']],
      ['upgrade', 'openssl', ['0002', '0003']],
      ['upgrade', 'nginx', ['0008']],
      ['unfixed', 'nginx', ['0004']],
      ['apart', 'linux', ['0007']],
    ],
  );
  assert.deepEqual([...groups[0]!.places], ['srv/package-lock.json']);
  assert.deepEqual([...groups[1]!.places], []);
});

test('layers and packages carry what is in them', () => {
  const built = one();
  assert.deepEqual(built.packagesOfLayer, [2, 3, 1]);
  assert.equal(built.byLayer[0]!.critical, 1);
  assert.equal(built.byLayer[1]!.critical, 1);
  assert.deepEqual([built.byLayer[2]!.medium, built.byLayer[2]!.unknown], [1, 1]);
  assert.deepEqual(filterPackages(built, kDefaultFaultView).slice(0, 2).map(({ name }) => name), ['lodash', 'libssl3']);
});

const kFilters: [name: string, part: Partial<FaultView>, found: string[]][] = [
  ['a name of it', { query: 'ghsa-AAAA' }, ['0001']],
  ['a package of a source', { query: 'libssl3 end' }, ['0002']],
  ['exploited, as a word', { query: 'exploited' }, ['0001']],
  ['a severity', { levels: new Set(['high' as const]) }, ['0003', '0004', '0007']],
  ['no severity', { levels: new Set(['unknown' as const]) }, ['0005']],
  ['exploited', { exploited: true }, ['0001']],
  ['what has a fix', { fixable: true, query: 'nginx' }, ['0008']],
  ['a tier', { tiers: new Set(['in-use' as const]) }, ['0004']],
  ['a layer', { layer: 0 }, ['0002']],
  ['a package', { package: 4 }, ['0001', '0005']],
  ['the base image', { origin: 'base' }, ['0002']],
  ['own layers', { origin: 'own', query: 'openssl' }, ['0002', '0003']],
  ['suppressed too', { suppressed: true, query: '0006' }, ['0006']],
  ['suppressed not', { query: '0006' }, []],
];
for (const [name, part, found] of kFilters) {
  test(`vulnerabilities are filtered by ${name}`, () => {
    assert.deepEqual(ids(filterFaults(one(), view(part))), found);
  });
}

test('a choice survives its hash, and the default has none', () => {
  const built = model(imageEntry('before'), later());
  assert.equal(faultHash(kDefaultFaultView), '');
  const chosen: FaultView = {
    query: 'a & b=c #',
    levels: new Set(['high', 'unknown']),
    tiers: new Set(['in-use']),
    changes: new Set(['new']),
    fixable: true,
    exploited: true,
    suppressed: true,
    origin: 'own',
    layer: 2,
    package: 4,
    grouping: 'change',
  };
  assert.deepEqual(faultViewFrom(`#${faultHash(chosen)}`, built), chosen);
  assert.ok(narrowedFaults(chosen));
  assert.ok(!narrowedFaults({ ...kDefaultFaultView, grouping: 'layer', query: '  ' }));
});

test('a hash with nonsense is the default', () => {
  const hash = '#v.severity=fatal&v.layer=9&v.package=-1&v.group=change&v.from=__proto__&v.tier=x&v.change=new&%%%';
  assert.deepEqual(faultViewFrom(hash, one()), kDefaultFaultView);
});

test('a comparison tells new, remaining and gone by vulnerability, package and place', () => {
  const built = model(imageEntry('before'), later());
  assert.deepEqual(built.changes, { new: 1, remaining: 4, fixed: 2 });
  assert.equal(built.counts.all, 5);
  assert.equal(built.previous!.all, 6);
  const gone = filterFaults(built, view({ changes: new Set(['fixed']) }));
  assert.deepEqual(ids(gone), ['0001', '0005']);
  assert.deepEqual(filterFaults(built, view({ layer: 2 })), [], 'what is gone is in no layer');
});

test('an upgrade that leaves a vulnerability leaves it remaining', () => {
  const upgraded = imageEntry('after');
  (upgraded.packages as Record<string, unknown>[])[4]!.version = '4.17.19';
  assert.deepEqual(model(imageEntry('before'), upgraded).changes, { new: 0, remaining: 6, fixed: 0 });
});

test('an image of which no advisories were asked has packages alone', () => {
  const built = model(withoutAdvisories());
  assert.equal(built.points.length, 0);
  assert.deepEqual(filterPackages(built, view({ query: 'NPM lodash' })).map(({ name }) => name), ['lodash']);
});

const kBroken: [name: string, part: object, expected: RegExp][] = [
  ['no such package', { package: 99 }, /vulnerabilities\[0\]\.package: expected the number of a package/],
  ['no such text', { title: 99_999 }, /title: expected the number of a text/],
  ['no such severity', { severity: 'fatal' }, /severity: expected one of critical/],
  ['a priority that is none', { priority: 'high' }, /priority: expected a number/],
];
for (const [name, part, expected] of kBroken) {
  test(`refused with its place: ${name}`, () => {
    const entry = imageEntry('image');
    const list = entry.vulnerabilities as object[];
    const loaded = load(JSON.stringify(imageData({ ...entry, vulnerabilities: [{ ...list[0], ...part }] })));
    assert.ok(!loaded.ok);
    assert.match(loaded.problem, expected);
  });
}

test('five thousand matches of one vulnerability are one row, soon', () => {
  const list = Array.from({ length: 5000 }, () => vulnerabilities()[0]!);
  assert.equal(model(imageEntry('image', list)).faults.length, 1);
});

const kSizes: [number, string][] = [[0, '0 B'], [999, '999 B'], [1000, '1.0 kB'], [9_960, '10 kB'], [31_000_000, '31 MB'], [999_600_000, '1.0 GB']];
for (const [count, words] of kSizes) test(`${count} bytes are ${words}`, () => assert.equal(bytes(count), words));
