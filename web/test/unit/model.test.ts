import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../../src/data.ts';
import { build, compare, unknownShare, type Model } from '../../src/model.ts';
import { commonFolder, lastName } from '../../src/paths.ts';
import { defaultView, filter, fromHash, group, narrowed, toHash, type View } from '../../src/view.ts';
import { data, finding, report, shop, shopLater, trend } from '../fixtures/reports.ts';

type Entries = Parameters<typeof data>[0];

function model(entries: Entries): Model {
  const loaded = load(JSON.stringify(data(entries)));
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.problem);
  return build(loaded.data);
}

const one = () => model([['shop', shop()]]);
const rules = (items: Model['items']) => items.map((item) => item.finding.rule);
const view = (kind: Model['kind'], part: Partial<View>): View => ({ ...defaultView(kind), ...part });

test('open findings are counted, suppressed ones apart', () => {
  const built = one();
  assert.deepEqual(built.counts, { critical: 1, high: 2, medium: 1, low: 1, info: 0 });
  assert.equal(built.suppressed, 1);
  assert.equal(built.fixable, 2);
});

test('the shared folder is cut from what is shown and names the report', () => {
  const built = one();
  assert.equal(built.root, 'shop/');
  assert.equal(built.title, 'shop');
  assert.deepEqual([...new Set(built.items.map((item) => item.path))].sort(), [
    'Dockerfile',
    'compose.yaml',
  ]);
});

const kFolders: [paths: string[], folder: string][] = [
  [['a/b/c.yaml', 'a/b/d/e.yaml'], 'a/b/'],
  [['a/bc/x', 'a/bd/x'], 'a/'],
  [['x', 'a/y'], ''],
  [['/x', '/a/y'], ''],
  [['/srv/x'], '/srv/'],
  [[], ''],
];
for (const [paths, folder] of kFolders) {
  test(`the shared folder of [${paths.join(' ')}] is '${folder}'`, () => {
    const loaded = load(
      JSON.stringify(
        data([
          [
            'a',
            report(paths.map((path) => finding({ path })), { subjects: [] }),
          ],
        ]),
      ),
    );
    assert.ok(loaded.ok);
    assert.equal(commonFolder(loaded.data.entries[0]!.report), folder);
  });
}

test('the last name of a folder', () => {
  assert.equal(lastName('/work/shop/'), 'shop');
  assert.equal(lastName(''), '');
});

test('groups by subject: worst first, and within by severity', () => {
  const built = one();
  const groups = group(filter(built.items, defaultView('report')), 'subject', built);
  assert.deepEqual(groups.map(({ label }) => label), ['web', 'db', 'Dockerfile']);
  assert.deepEqual(rules(groups[0]!.items), [
    'privileged-container',
    'container-runs-as-root',
    'memory-limit-missing',
  ]);
});

test('a finding about several subjects is listed once and named under the others', () => {
  const built = one();
  const groups = group(built.items, 'subject', built);
  const db = groups.find(({ label }) => label === 'db')!;
  assert.deepEqual(rules(db.shared), ['memory-limit-missing']);
  assert.deepEqual(rules(db.items), ['default-password']);
});

test('groups by rule and by control carry titles', () => {
  const built = one();
  const byRule = group(built.items, 'rule', built).map(({ label }) => label);
  assert.equal(byRule[0], 'The container is privileged');
  assert.ok(byRule.includes('default-password'), 'a rule that the catalogue lacks keeps its slug');
  const byControl = group(built.items, 'control', built).map(({ label }) => label);
  assert.equal(byControl[0], 'Isolated from the host');
});

const kFilters: [name: string, part: Partial<View>, found: string[]][] = [
  ['a word of the message', { query: 'PRIVILEGED' }, ['privileged-container']],
  ['two words, any order', { query: 'latest ubuntu' }, ['base-image-latest']],
  ['an alias of a peer', { query: 'hadolint:dl3002' }, ['container-runs-as-root']],
  ['a path', { query: 'dockerfile' }, ['base-image-latest']],
  ['nothing', { query: 'no such thing' }, []],
  ['a severity', { severities: new Set(['low' as const]) }, ['base-image-latest']],
  ['a control', { controls: new Set(['no-secrets']) }, ['default-password']],
  ['what has an edit', { fixable: true }, ['privileged-container', 'base-image-latest']],
  ['suppressed too', { suppressed: true, query: 'health' }, ['healthcheck-missing']],
  ['suppressed not', { query: 'health' }, []],
];
for (const [name, part, found] of kFilters) {
  test(`filter: ${name}`, () => {
    assert.deepEqual(rules(filter(one().items, view('report', part))), found);
  });
}

test('a view survives its hash, and the default has none', () => {
  const built = model([['a', shop()], ['b', shopLater()]]);
  assert.equal(toHash(defaultView('comparison'), 'comparison'), '');
  const chosen: View = {
    query: 'a & b=c # ü',
    severities: new Set(['high', 'low']),
    controls: new Set(['isolation']),
    changes: new Set(['new']),
    suppressed: true,
    fixable: true,
    grouping: 'rule',
  };
  assert.deepEqual(fromHash(`#${toHash(chosen, 'comparison')}`, built), chosen);
  assert.ok(narrowed(chosen, 'comparison'));
  assert.ok(!narrowed(defaultView('comparison'), 'comparison'));
});

test('a trend hides what is fixed until asked, also through a link', () => {
  const built = model(trend());
  const all = view('trend', { changes: new Set() });
  assert.deepEqual(fromHash(toHash(all, 'trend'), built).changes, new Set());
  assert.ok(!filter(built.items, defaultView('trend')).some((item) => item.change === 'fixed'));
});

test('a hash with nonsense is the default', () => {
  const built = one();
  const hash = '#severity=fatal&control=__proto__&group=change&group=x&change=new&%%%';
  assert.deepEqual(fromHash(hash, built), defaultView('report'));
});

test('a comparison tells fixed, new and remaining', () => {
  const built = model([['before', shop()], ['after', shopLater()]]);
  assert.equal(built.kind, 'comparison');
  assert.deepEqual(built.changes, { new: 1, remaining: 4, fixed: 1 });
  const groups = group(filter(built.items, defaultView('comparison')), 'change', built);
  assert.deepEqual(groups.map(({ label, items }) => [label, rules(items).length]), [
    ['New', 1],
    ['Remaining', 4],
    ['Fixed', 1],
  ]);
  const isolation = built.controls.find(({ control }) => control.id === 'isolation')!;
  assert.equal(isolation.before?.status, 'fail');
  assert.equal(isolation.control.status, 'pass');
});

test('the same project in two folders is the same subject', () => {
  const move = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll('shop/', 'moved/'));
  const built = model([['a', shop()], ['b', move(shop())]]);
  assert.deepEqual(new Set(built.items.map((item) => item.subjectKey)).size, 3);
});

test('equal fingerprints pair off one by one, open with open', () => {
  const read = (items: Record<string, unknown>[]) => {
    const loaded = load(JSON.stringify(data([['a', report(items)]])));
    assert.ok(loaded.ok);
    return loaded.data.entries[0]!.report.findings;
  };
  const same = (part = {}) => finding({ fingerprint: 'same', ...part });
  const suppressed = { suppressed: { by: 'x', reason: '', until: null } };
  assert.deepEqual(compare(read([same(), same(), same()]), read([same(), same()])), {
    current: ['remaining', 'remaining'],
    fixed: [2],
  });
  assert.deepEqual(compare(read([same()]), read([same(suppressed)])).fixed, []);
  assert.deepEqual(compare(read([same(suppressed), same()]), read([same()])), {
    current: ['remaining'],
    fixed: [],
  });
  assert.deepEqual(compare(read([]), read([same()])).current, ['new']);
  assert.deepEqual(compare(read([same()]), read([same(suppressed), same()])).current, [
    'new',
    'remaining',
  ]);
});

test('unknown is measured against everything applicable', () => {
  const control = { id: 'a', title: '', status: 'unknown' as const };
  assert.equal(unknownShare([]), 0);
  assert.equal(unknownShare([{ ...control, passed: 2, failed: 1, unknown: 1 }]), 0.25);
});
