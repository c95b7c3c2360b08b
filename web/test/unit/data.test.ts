import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from '../../src/data.ts';
import { data, finding, report, shop } from '../fixtures/reports.ts';

const problem = (value: unknown): string => {
  const loaded = load(JSON.stringify(value));
  assert.equal(loaded.ok, false);
  return loaded.ok ? '' : loaded.problem;
};

test('a report is read, with what is null as empty', () => {
  const loaded = load(JSON.stringify(data([['a', report([finding({ path: null, line: null })])]])));
  assert.ok(loaded.ok);
  const read = loaded.data.entries[0]!.report.findings[0]!;
  assert.equal(read.path, '');
  assert.equal(read.line, 0);
});

test('unknown keys are ignored', () => {
  const value = data([['a', { ...shop(), later: { keys: [1] } }]]);
  assert.ok(load(JSON.stringify({ ...value, more: true })).ok);
});

test('a score that is not known stays unknown', () => {
  const loaded = load(
    JSON.stringify(data([['a', report([], { score: { percent: null, controls: [] } })]])),
  );
  assert.ok(loaded.ok);
  assert.equal(loaded.data.entries[0]!.report.percent, null);
});

const kBroken: [name: string, value: unknown, expected: RegExp][] = [
  ['another schema', { schema: 'plimsoll/html@2', entries: [] }, /^schema: expected plimsoll\/html@1/],
  ['no entries', data([]), /^entries: expected at least one report/],
  [
    'another report schema',
    data([['a', { ...shop(), schema: 'other' }]]),
    /^entries\[0\]\.report\.schema/,
  ],
  [
    'a severity that does not exist',
    data([['a', report([finding(), finding({ severity: 'fatal' })])]]),
    /^entries\[0\]\.report\.findings\[1\]\.severity: expected one of critical/,
  ],
  ['a list that is none', data([['a', { ...shop(), subjects: {} }]]), /subjects: expected a list/],
  ['a negative line', data([['a', report([finding({ line: -1 })])]]), /line: expected a number/],
  ['a list instead of an object', [], /^schema|expected an object/],
  ['null', null, /expected an object/],
];
for (const [name, value, expected] of kBroken) {
  test(`refused with its place: ${name}`, () => assert.match(problem(value), expected));
}

test('no data and broken JSON are said', () => {
  const empty = load(null);
  assert.ok(!empty.ok && /empty template/.test(empty.problem));
  const broken = load('{"schema":');
  assert.ok(!broken.ok && /not JSON/.test(broken.problem));
});

test('names of the prototype are names like others', () => {
  const text = JSON.stringify(data([['a', report([finding({ rule: 'constructor' })])]])).replace(
    '"rules":{',
    '"rules":{"__proto__":{"severity":"low","title":"x"},',
  );
  const loaded = load(text);
  assert.ok(loaded.ok);
  assert.equal(loaded.data.rules.get('constructor'), undefined);
  assert.equal(loaded.data.rules.get('__proto__')?.title, 'x');
});
