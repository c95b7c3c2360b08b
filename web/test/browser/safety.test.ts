import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { browserTest, fill, kMarker, kTemplate, opened } from '../page.ts';
import { imageData, imageEntry, kImage } from '../fixtures/images.ts';
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

/// An image in which every text that a package, an advisory or a Dockerfile could choose is hostile.
function hostileImage(name: string, id: string) {
  const layer = { diff_id: name, digest: name, size: 1, instruction: name, bytes: 1, hidden: 0, place: name };
  const facts = { name, version: name, ecosystem: name, purl: name, path: name, licenses: [0] };
  const told = {
    id: `${name} ${id}`,
    package: 0,
    priority: 50,
    fixed: name,
    upgrade: name,
    status: name,
    tier: name,
    kev: true,
    epss: 0.5,
    cvss: 5,
    cvss_vector: name,
    severity_source: name,
    note: name,
    title: name,
    details: `# ${name}\n\n${name}\n[x](javascript:alert(1))`,
    aliases: [name],
    weaknesses: [name],
    published: name,
    modified: name,
    reasons: [name],
    why: [name],
    url: name,
    references: [name, `https://example.org/${name}`],
  };
  const entry = imageEntry(name, [], {
    image: {
      ...kImage,
      reference: name,
      platform: name,
      os_title: name,
      created: name,
      user: name,
      start: [name],
      layers: [layer, layer],
      base: { name, digest: name, layers: 1 },
      waste: [{ id: name, title: name, what: name, bytes: 1, files: 1, layer: 0, paths: [name], advice: name }],
    },
    unjudged: [{ ecosystem: name, reason: name, packages: 1, of_system: false }],
    advisories_made: name,
    packages: [],
  });
  return {
    ...entry,
    texts: [name],
    packages: [{ ...facts, layer: 0 }, { ...facts, layer: 1, source_name: name, source_version: name }],
    vulnerabilities: [
      told,
      { ...told, package: 1, upgrade: undefined },
      { ...told, suppressed: { by: name, reason: name, until: name } },
      { ...told, id: `${name} apart`, tier: 'not-in-execute-path' },
    ],
  };
}

interface Seen {
  elements: string[];
  scripts: number;
  handlers: string[];
  links: string[];
  text: string;
  title: string;
  wide: string[];
}

const look = (page: Page): Promise<Seen> =>
  page.evaluate(() => ({
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

function assertHarmless(name: string, seen: Seen): void {
  assert.equal(seen.scripts, 2, 'the data and the program');
  assert.ok(!seen.elements.includes('img'));
  assert.deepEqual(seen.handlers, []);
  for (const link of seen.links) assert.match(link, /^https:\/\/example\.org\/|#(findings|vulnerabilities|packages)$/);
  assert.doesNotMatch(seen.text + seen.title, /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
  if (name.includes('\u202e')) assert.ok(seen.text.includes('U+202E'));
  if (name.includes('\u001b')) assert.ok(seen.text.includes('␛'));
  assert.deepEqual(seen.wide, [], 'a name must not widen the page');
}

for (const name of kNames) {
  const words = JSON.stringify(name).slice(0, 50);
  browserTest(`hostile name stays text: ${words}`, () => {
    const { entry, rules } = hostile(name);
    return opened(
      fill(data([[name, entry], [name, report([])], [name, entry]], rules)),
      async ({ page }) => {
        await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
        assertHarmless(name, await look(page));
      },
    );
  });

  browserTest(`hostile name in an image stays text: ${words}`, () =>
    opened(fill(imageData(hostileImage(name, 'a'), hostileImage(name, 'b'))), async ({ page }) => {
      await page.getByRole('button', { name: 'with suppressed' }).click();
      for (const rows of ['.group.faults h3 button[aria-expanded=false]', '.fault h4 button']) {
        await page
          .locator(rows)
          .evaluateAll((buttons) => buttons.forEach((button) => (button as HTMLElement).click()));
      }
      assert.equal(await page.locator('.fault-details').count(), await page.locator('.fault').count());
      assertHarmless(name, await look(page));
    }),
  );
}
