import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { browserTest, fill, kMarker, kTemplate, opened } from '../page.ts';
import { controls, data, finding, report } from '../fixtures/reports.ts';

const template = () => readFileSync(kTemplate, 'utf8');

test('the page is one file of at most 150 KB', () => {
  const { size } = statSync(kTemplate);
  console.log(`report.html: ${size} bytes`);
  assert.ok(size <= 150 * 1024, `${size} bytes`);
});

test('the marker stands once, on its own line, in the body before the script', () => {
  const html = template();
  assert.equal(html.split(kMarker).length, 2);
  assert.ok(html.split('\n').includes(kMarker));
  assert.ok(html.indexOf('<body>') < html.indexOf(kMarker));
  assert.ok(html.indexOf(kMarker) < html.indexOf('<script'));
});

test('the policy allows the two blocks by hash and nothing else', () => {
  const html = template();
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const script = /<script type="module">([\s\S]*?)<\/script>/.exec(html)![1]!;
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!;
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
  assert.equal(
    policy,
    `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`,
  );
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.ok(html.indexOf('Content-Security-Policy') < html.indexOf('<style>'));
});

test('nothing outside is named, and no text becomes markup', () => {
  const html = template();
  assert.doesNotMatch(html, /\ssrc=|<link|@import|url\(/);
  assert.doesNotMatch(html, /dangerouslySetInnerHTML\s*[:=]\s*\{|\beval\(|new Function|document\.write/);
  assert.doesNotMatch(html, /<[a-z]+[^>]*\sstyle=/);
});

const kNames = [
  '</script><img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '"><script>alert(1)</script>',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  'a\u202egpj.exe\u2066b',
  '\u0000\u0007\u001b[31mred\u009b0m',
  '<!--plimsoll-data-->',
  '__proto__',
  '\u2028\u2029\ud800&lt;&amp;',
  `long-${'x'.repeat(20_000)}`,
];

/// A report in which every text that a file could choose is hostile.
function hostile(name: string) {
  const item = finding({
    rule: name,
    control: name,
    subject: name,
    message: name,
    path: `${name}/${name}`,
    fingerprint: name,
    fix: { safety: 'unsafe', title: name },
    evidence: { [name]: name, list: [name, { [name]: name }], subjects: [name, `${name}2`] },
  });
  const quiet = { ...item, suppressed: { by: name, reason: name, until: name } };
  return {
    entry: report([item, quiet], {
      tool: { name, version: name },
      complete: false,
      incomplete: [{ stage: name, path: name, limit: name, value: name }],
      subjects: [
        { id: name, kind: name, name, path: name },
        { id: `${name}2`, kind: name, name: `${name}2`, path: name },
      ],
      score: {
        percent: 1,
        controls: controls(() => 'fail').map((control, index) =>
          index === 0 ? { ...control, id: name, title: name } : control,
        ),
      },
      excerpts: [{ line: 3, text: [name, name], diff: ['@@ -1 +1 @@', `-${name}`, `+${name}`, ` ${name}`] }, null],
    }),
    rules: {
      [name]: {
        title: name,
        why: name,
        fix_note: name,
        severity: 'high',
        control: name,
        aliases: [name],
        sources: [name, `https://example.org/${name}`],
      },
    },
  };
}

for (const name of kNames) {
  browserTest(`hostile name stays text: ${JSON.stringify(name).slice(0, 50)}`, () => {
    const { entry, rules } = hostile(name);
    return opened(
      fill(data([[name, entry], [name, report([])], [name, entry]], rules)),
      async ({ page }) => {
        await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
        const body = await page.evaluate(() => ({
          elements: [...new Set([...document.body.querySelectorAll('*')].map((node) => node.localName))],
          scripts: document.querySelectorAll('script').length,
          handlers: [...document.querySelectorAll('*')].flatMap((node) =>
            node.getAttributeNames().filter((attribute) => /^on|^style$|^src$/.test(attribute)),
          ),
          links: [...document.querySelectorAll('a[href]')].map((node) => (node as HTMLAnchorElement).href),
          text: document.getElementById('app')!.innerText,
          title: document.title,
          wide:
            document.documentElement.scrollWidth > innerWidth
              ? [...document.querySelectorAll('#app *')]
                  .filter((node) => node.getBoundingClientRect().right > innerWidth)
                  .map((node) => node.outerHTML.slice(0, 60))
              : [],
        }));
        assert.equal(body.scripts, 2, 'the data and the program');
        assert.ok(!body.elements.includes('img'));
        assert.deepEqual(body.handlers, []);
        for (const link of body.links) assert.match(link, /^https:\/\/example\.org\/|#findings$/);
        assert.doesNotMatch(body.text + body.title, /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
        if (name.includes('\u202e')) assert.ok(body.text.includes('U+202E'));
        if (name.includes('\u001b')) assert.ok(body.text.includes('␛'));
        assert.deepEqual(body.wide, [], 'a name must not widen the page');
      },
    );
  });
}
