import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffKind, markLine } from '../../src/excerpt.ts';
import { load } from '../../src/data.ts';
import { safeLink } from '../../src/links.ts';
import { spelt, visible } from '../../src/visible.ts';
import { data, finding, report } from '../fixtures/reports.ts';

const kHidden: [text: string, shown: string][] = [
  ['plain', 'plain'],
  ['', ''],
  ['a\u202eb', 'aU+202Eb'],
  ['\u2066x\u2069', 'U+2066xU+2069'],
  ['a\u200bb\ufeff', 'aU+200BbU+FEFF'],
  ['one\ntwo\r\tthree', 'one␊two␍␉three'],
  ['\u001b[31m\u0000\u0085', '␛[31m␀U+0085'],
  ['\ud800', 'U+D800'],
  ['\u{e0041}', 'U+E0041'],
  ['grüße 🚢 日本', 'grüße 🚢 日本'],
];
for (const [text, shown] of kHidden) {
  test(`shown as ${JSON.stringify(shown)}`, () => assert.equal(spelt(text), shown));
}

test('tabs may pass in source lines', () => {
  assert.deepEqual(visible('\ta', true), [{ text: '\ta', hidden: false }]);
});

function at(line: number, column: number, end_line: number, end_column: number) {
  const loaded = load(
    JSON.stringify(data([['a', report([finding({ line, column, end_line, end_column })])]])),
  );
  assert.ok(loaded.ok);
  return loaded.data.entries[0]!.report.findings[0]!;
}

const kMarks: [name: string, place: [number, number, number, number], number: number, text: string, marked: string][] = [
  ['the end is exclusive', [1, 6, 1, 19], 1, 'FROM ubuntu:latest', 'ubuntu:latest'],
  ['columns count characters', [1, 2, 1, 4], 1, '🚢🚢🚢x', '🚢🚢'],
  ['the first of several lines', [1, 6, 3, 2], 1, 'RUN  abc', 'abc'],
  ['a line between', [1, 6, 3, 2], 2, 'all of it', 'all of it'],
  ['the last of several lines', [1, 6, 3, 3], 3, 'abc', 'ab'],
  ['a last line that ends before it starts', [1, 6, 3, 1], 3, 'abc', ''],
  ['another line', [1, 6, 1, 9], 2, 'abc', ''],
  ['no position', [0, 0, 0, 0], 1, 'abc', ''],
  ['a place rather than a range', [1, 2, 1, 2], 1, 'abc', 'b'],
  ['a line without columns', [1, 0, 0, 0], 1, 'abc', 'abc'],
  ['columns beyond the line', [1, 90, 1, 95], 1, 'abc', 'abc'],
];
for (const [name, place, number, text, marked] of kMarks) {
  test(`marked: ${name}`, () => {
    const line = markLine(text, number, at(...place));
    assert.equal(line.marked, marked);
    assert.equal(line.before + line.marked + line.after, text);
  });
}

test('a very long line is cut around its mark', () => {
  const line = markLine(`${'a'.repeat(50_000)}HERE${'b'.repeat(50_000)}`, 1, at(1, 50_001, 1, 50_005));
  assert.equal(line.marked, 'HERE');
  const shown = line.before.length + line.marked.length + line.after.length;
  assert.equal(shown, 600);
  assert.equal(line.cutBefore + shown + line.cutAfter, 100_004);
});

const kLinks: [source: string, href: string | null][] = [
  ['https://docs.example.org/a#b', 'https://docs.example.org/a#b'],
  ['http://docs.example.org/', null],
  ['javascript:alert(1)', null],
  [' javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['//example.org/', null],
  ['https://user:word@example.org/', null],
  ['nonsense', null],
  ['', null],
];
for (const [source, href] of kLinks) {
  test(`link '${source}' is ${href ?? 'no link'}`, () => {
    assert.equal(safeLink(source)?.href ?? null, href);
  });
}

test('lines of a diff', () => {
  assert.deepEqual(['@@ -1 +1 @@', '+a', '-a', ' a', ''].map(diffKind), [
    'hunk',
    'added',
    'removed',
    'context',
    'context',
  ]);
});
