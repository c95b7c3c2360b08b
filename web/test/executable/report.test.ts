// The page as the executable writes it: real files in, the browser's view out. Run by the test
// web_executable, which names the executable and the examples.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Page } from 'playwright-core';
import { browserTest, opened } from '../page.ts';

interface Finding {
  rule: string;
  severity: string;
  message: string;
  suppressed: object | null;
}

const executable = process.env.PLIMSOLL_EXECUTABLE ?? 'plimsoll';
const examples = process.env.PLIMSOLL_EXAMPLES ?? 'examples';
let folder = '';

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-page-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function plimsoll(...args: string[]): string {
  const run = spawnSync(executable, args, { cwd: examples, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.ok(run.status !== null && run.status !== 2 && run.status !== 5, run.stderr);
  return run.stdout;
}

function open(json: string): Finding[] {
  const { findings } = JSON.parse(json) as { findings: Finding[] };
  return findings.filter((finding) => finding.suppressed === null);
}

const sorted = (words: string[]) => words.map((word) => word.replace(/\s+/g, ' ').trim()).sort();
const messages = (page: Page) => page.locator('.finding .said').allTextContents();

browserTest('the page shows every finding of the JSON report, and its filters narrow them', () => {
  const wanted = open(plimsoll('audit', '--rules', 'all', '--format', 'json', 'before'));
  assert.ok(wanted.length > 20);
  const severities = ['critical', 'high', 'medium', 'low', 'info'];
  return opened(
    plimsoll('audit', '--rules', 'all', '--format', 'html', 'before'),
    async ({ page }) => {
      assert.deepEqual(sorted(await messages(page)), sorted(wanted.map(({ message }) => message)));
      assert.deepEqual(
        await page.locator('.severities .count').allTextContents(),
        severities.map((name) => `${wanted.filter(({ severity }) => severity === name).length}`),
      );
      const high = wanted.filter(({ severity }) => severity === 'high');
      await page.locator('.toolbar').getByRole('button', { name: 'high' }).click();
      assert.deepEqual(sorted(await messages(page)), sorted(high.map(({ message }) => message)));
      await page.locator('.toolbar').getByRole('button', { name: 'high' }).click();
      await page.fill('#search', 'docker-socket-mounted');
      assert.equal(
        await page.locator('.finding').count(),
        wanted.filter(({ rule }) => rule === 'docker-socket-mounted').length,
      );
      await page.locator('.finding button').first().click();
      assert.match((await page.locator('.details mark').first().textContent()) ?? '', /docker\.sock/);
    },
  );
});

browserTest('a comparison shows what was fixed between two saved reports', () => {
  for (const name of ['before', 'after']) {
    plimsoll('audit', '--with-source', '--format', 'json', '-o', join(folder, `${name}.json`), name);
  }
  const fixed = open(readFileSync(join(folder, 'before.json'), 'utf8')).length;
  assert.equal(open(readFileSync(join(folder, 'after.json'), 'utf8')).length, 0);
  return opened(
    plimsoll('report', '--format', 'html', join(folder, 'before.json'), join(folder, 'after.json')),
    async ({ page }) => {
      assert.equal(await page.locator('.banner').count(), 0);
      assert.ok((await page.locator('body').innerText()).includes(`0 remaining, ${fixed} fixed since`));
      assert.equal(await page.locator('.finding').count(), fixed);
    },
  );
});

browserTest('the policy covers the page that was written', () => {
  const html = plimsoll('audit', '--format', 'html', 'before');
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
  assert.match(policy, /^default-src 'none'; /);
  const program = /<script type="module">([\s\S]*?)<\/script>/.exec(html)![1]!;
  assert.ok(policy.includes(createHash('sha256').update(program).digest('base64')));
  // Written into by somebody else, the page still runs nothing.
  const attacked = html.replace('<body>', '<body><script>document.title = "run"</script>');
  return opened(attacked, async ({ page }) => {
    assert.notEqual(await page.title(), 'run');
  }).then(
    () => assert.fail('the browser has to say that it refused'),
    (error: Error) => assert.match(error.message, /Content Security Policy/),
  );
});

browserTest('names of files and what stands in them stay text', () => {
  const name = '<img src=x onerror=alert(1)>"\'&\u202e';
  mkdirSync(join(folder, 'hostile', name), { recursive: true });
  writeFileSync(
    join(folder, 'hostile', name, 'Dockerfile'),
    'FROM </script><svg/onload=alert(1)>\nUSER root\nRUN sudo "<!-- <script>" \u2028 \u0007\n',
  );
  writeFileSync(
    join(folder, 'hostile', name, 'compose.yaml'),
    'services:\n  web:\n    image: "</script><b>x"\n    privileged: true\n    user: "0"\n',
  );
  const html = plimsoll('audit', '--rules', 'all', '--format', 'html', join(folder, 'hostile'));
  return opened(html, async ({ page }) => {
    assert.ok((await page.locator('.finding').count()) > 5);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));  // opens all details
    const seen = await page.evaluate(() => ({
      scripts: document.querySelectorAll('script').length,
      foreign: document.querySelectorAll('#app img, #app b, #app script, #app [onload], #app [onerror]')
        .length,
      text: document.getElementById('app')!.innerText,
    }));
    assert.equal(seen.scripts, 2, 'the data and the program');
    assert.equal(seen.foreign, 0);
    assert.ok(seen.text.includes('<img src=x onerror=alert(1)>'));
    assert.ok(seen.text.includes('U+202E'));
  });
});

browserTest('the page shows every vulnerability of the JSON report under its upgrade', () => {
  const feeds = join(folder, 'feeds');
  mkdirSync(feeds);
  const advisory = (id: string, name: string, fixed: string | null) => ({
    id,
    modified: '2026-01-01T00:00:00Z',
    summary: `${name} pads on the wrong side`,
    details: '## Impact\n\n</script><img src=x onerror=alert(1)>',
    references: [{ type: 'WEB', url: `https://example.org/${id}` }],
    affected: [
      {
        package: { ecosystem: 'npm', name },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, ...(fixed === null ? [] : [{ fixed }])] }],
      },
    ],
  });
  writeFileSync(join(feeds, 'a.json'), JSON.stringify(advisory('CVE-2024-0001', 'left-pad', '1.3.1')));
  writeFileSync(join(feeds, 'b.json'), JSON.stringify(advisory('CVE-2024-0002', 'left-pad', '1.3.2')));
  writeFileSync(join(feeds, 'c.json'), JSON.stringify(advisory('CVE-2024-0003', 'right-pad', null)));
  const database = join(folder, 'advisories.db');
  plimsoll('db', 'import', feeds, '--db', database, '--quiet');
  const root = join(folder, 'root');
  mkdirSync(join(root, 'srv'), { recursive: true });
  writeFileSync(
    join(root, 'srv', 'package-lock.json'),
    JSON.stringify({
      lockfileVersion: 2,
      packages: {
        'node_modules/left-pad': { version: '1.3.0' },
        'node_modules/right-pad': { version: '1.0.0' },
      },
    }),
  );
  const cves = (format: string) =>
    plimsoll('cves', `dir:${root}`, '--db', database, '--incomplete-ok', '--format', format);
  const told = JSON.parse(cves('json')) as { vulnerabilities: { id: string }[] };
  const wanted = told.vulnerabilities.map(({ id }) => id).sort();
  assert.deepEqual(wanted, ['CVE-2024-0001', 'CVE-2024-0002', 'CVE-2024-0003']);
  return opened(cves('html'), async ({ page }) => {
    assert.deepEqual((await page.locator('.fault .said').allTextContents()).sort(), wanted);
    assert.deepEqual(await page.locator('.group.faults .name').allTextContents(), [
      'upgrade left-pad 1.3.0 to 1.3.2',
      'No fix yet',
    ]);
    await page.getByRole('button', { name: /CVE-2024-0001/ }).click();
    const details = page.locator('.fault-details');
    assert.ok((await details.innerText()).includes('</script><img src=x onerror=alert(1)>'));
    assert.equal(await page.locator('#app img').count(), 0);
    assert.deepEqual(
      await details.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
      ['https://example.org/CVE-2024-0001'],
    );
  });
});
