import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { browserTest, fill, opened } from '../page.ts';
import { data, finding, report, shop } from '../fixtures/reports.ts';
import { crowdedImage, imageData, imageEntry, later, vulnerabilities, withoutAdvisories } from '../fixtures/images.ts';

const one = () => fill(imageData(imageEntry('image')));
const ids = (page: Page) => page.locator('.fault .said').allTextContents();
const headings = (page: Page) => page.locator('.group.faults .name').allTextContents();
const openGroups = (page: Page) =>
  page
    .locator('.group.faults h3 button[aria-expanded=false]')
    .evaluateAll((buttons) => buttons.forEach((button) => (button as HTMLElement).click()));
const chip = (page: Page, name: string | RegExp) =>
  page.locator('.toolbar').getByRole('button', { name, exact: typeof name === 'string' });

browserTest('an image is headed by what it is, how bad it is, and how old the advisories are', () =>
  opened(one(), async ({ page }) => {
    assert.equal(await page.locator('h1').textContent(), 'shop:1.4');
    assert.equal(await page.title(), 'shop:1.4 · plimsoll');
    const words = (await page.locator('.judged').textContent()) ?? '';
    assert.match(words, /Debian GNU\/Linux 12 \(bookworm\) · linux\/amd64 · 80 MB in 3 layers, 1 of them the base’s · 6 packages/);
    assert.match(words, /built on debian:12-slim · starts nginx -g daemon off; as www-data/);
    assert.deepEqual(await page.locator('.severities .count').allTextContents(), ['1', '2', '1', '1', '1', '1']);
    const sums = (await page.locator('.sums').textContent()) ?? '';
    assert.match(sums, /^6 vulnerabilities · 5 mended by 3 upgrades · 1 without a fix · 1 suppressed · 1 more in nothing that runs/);
    assert.match(sums, /advisories of 2026-11-22/);
    assert.equal(await page.locator('.controls').count(), 0, 'nothing has a score');
    assert.equal(await page.getByRole('heading', { name: 'Findings' }).count(), 0);
  }),
);

browserTest('old advisories are said to be old', () =>
  opened(fill(imageData(imageEntry('image', undefined, { advisories_made: '2020-01-01' }))), async ({ page }) => {
    assert.match((await page.locator('.sums').textContent()) ?? '', /2020-01-01: [\d,]+ days old today/);
  }),
);

browserTest('what could not be judged stands before the counts', () =>
  opened(
    fill(imageData(imageEntry('image', [], { unjudged: [{ ecosystem: 'Julia', reason: 'no advisories for it', packages: 3, of_system: false }] }))),
    async ({ page }) => {
      assert.match((await page.locator('.banner.unjudged').textContent()) ?? '', /3 packages of Julia: no advisories for it/);
      assert.equal(await page.locator('.none-known').textContent(), 'No known vulnerability in what could be judged');
    },
  ),
);

browserTest('upgrades come first, what has no fix after them, kernel headers as one line', () =>
  opened(one(), async ({ page }) => {
    assert.deepEqual(await headings(page), [
      'upgrade lodash 4.17.4 to 4.17.21',
      'upgrade openssl 3.0.11 to 3.0.14',
      'upgrade nginx 1.22.1 to 1.22.2',
      'No fix yet',
      '1 fault of a kernel that is not in the image: only its headers are, in linux-libc-dev',
    ]);
    assert.match((await page.locator('.group.faults').nth(1).locator('.mends').textContent()) ?? '', /mends1 critical, 1 high/);
    assert.equal(await page.locator('.group.apart .fault').count(), 0, 'closed');
  }),
);

browserTest('an open vulnerability says why, how likely, where, and what mends it', () =>
  opened(one(), async ({ page }) => {
    await page.getByRole('button', { name: /CVE-2024-0001/ }).click();
    const details = page.locator('.fault-details');
    const words = (await details.innerText()).replace(/\s+/g, ' ');
    for (const expected of [
      'pollutes the prototype',
      'Impact Everything inherits it. - first - second See *below*.',
      'Why it has priority 93 of 100 because of its severity',
      'lodash 4.17.4 in srv/package-lock.json, layer 3 COPY package-lock.json /srv/',
      'CVE-2024-0001 was matched',
      '4.17.20; 4.17.21 mends the rest of the package too',
      'medium, says CVSS 3.1',
      '7.4 CVSS:3.1/AV:N',
      'in CISA’s catalogue',
      'CWE-1321',
      'GHSA-aaaa',
    ]) {
      assert.ok(words.includes(expected), `${expected} in: ${words}`);
    }
    assert.deepEqual(
      await details.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
      ['https://example.org/CVE-2024-0001', 'https://example.org/more'],
    );
  }),
);

browserTest('a chosen vulnerability lights up its layers and packages', () =>
  opened(one(), async ({ page }) => {
    await page.getByRole('button', { name: /CVE-2024-0002/ }).click();
    assert.deepEqual(await page.locator('.layer.lit .layer-number').allTextContents(), ['Layer 1', 'Layer 2']);
    assert.deepEqual(
      (await page.locator('.package.lit .package-name').allTextContents()).map((name) => name.trim()),
      ['libssl3 3.0.11', 'openssl 3.0.11'],
    );
    await page.getByRole('button', { name: /CVE-2024-0002/ }).click();
    assert.equal(await page.locator('.lit').count(), 0);
  }),
);

browserTest('a layer narrows packages and vulnerabilities, and a package its vulnerabilities', () =>
  opened(one(), async ({ page, url }) => {
    await page.locator('.layer').nth(2).click();
    assert.deepEqual(await ids(page), ['CVE-2024-0001', 'CVE-2024-0005']);
    assert.equal(await page.locator('.package').count(), 1);
    assert.equal(await page.locator('.layer').nth(2).getAttribute('aria-pressed'), 'true');
    await page.waitForFunction(() => location.hash === '#v.layer=3');
    await page.getByRole('button', { name: /layer 3.*remove this filter/ }).click();
    await page.locator('.package', { hasText: 'libssl3' }).click();
    assert.deepEqual(await ids(page), ['CVE-2024-0002']);
    assert.deepEqual(await page.locator('.layer.lit .layer-number').allTextContents(), ['Layer 1']);
    await page.goto(`${url}#v.layer=2&v.suppressed=1`);
    await page.reload();
    await page.waitForSelector('h1');
    await openGroups(page);
    assert.deepEqual((await ids(page)).sort(), ['0002', '0003', '0004', '0006', '0007', '0008'].map((id) => `CVE-2024-${id}`));
  }),
);

browserTest('where a vulnerability is can be chosen from its details', () =>
  opened(one(), async ({ page }) => {
    await page.getByRole('button', { name: /CVE-2024-0001/ }).click();
    await page.locator('.fault-details').getByRole('button', { name: 'layer 3' }).click();
    assert.deepEqual(await ids(page), ['CVE-2024-0001', 'CVE-2024-0005']);
  }),
);

browserTest('filters: severity, exploited, fixable, tier, origin; all of them again', () =>
  opened(one(), async ({ page }) => {
    const after = async (name: string) => {
      await chip(page, name).click();
      await openGroups(page);
      const found = (await ids(page)).map((id) => id.slice(-4)).sort();
      await page.getByRole('button', { name: 'Show all' }).click();
      return found;
    };
    assert.deepEqual(await after('unknown'), ['0005']);
    assert.deepEqual(await after('exploited'), ['0001']);
    assert.deepEqual(await after('fixable'), ['0001', '0002', '0003', '0005', '0007', '0008']);
    assert.deepEqual(await after('in-use'), ['0004']);
    assert.deepEqual(await after('base image'), ['0002']);
    assert.match((await page.locator('[role=status]').textContent()) ?? '', /6 of 7 shown/);
  }),
);

browserTest('suppressed ones are shown on request, with who and why', () =>
  opened(one(), async ({ page }) => {
    assert.equal(await page.getByText('app.openvex.json').count(), 0);
    await chip(page, 'with suppressed (1)').click();
    const row = page.locator('.fault', { hasText: 'CVE-2024-0006' });
    assert.match((await row.textContent()) ?? '', /suppressed by app\.openvex\.json: the module is not loaded/);
    await row.locator('h4 button').click();
    assert.match((await row.textContent()) ?? '', /until 2099-01-01/);
  }),
);

browserTest('search and keys work as among findings', () =>
  opened(one(), async ({ page }) => {
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'fault-search');
    await page.keyboard.type('openssl');
    assert.deepEqual(await ids(page), ['CVE-2024-0002', 'CVE-2024-0003']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.fault-details').count(), 1);
    await page.keyboard.press('j');
    assert.match((await page.evaluate(() => document.activeElement?.textContent)) ?? '', /CVE-2024-0003/);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.group.faults').count(), 5);
  }),
);

browserTest('groups: by package, by layer, by priority', () =>
  opened(one(), async ({ page }) => {
    await chip(page, 'package').click();
    assert.deepEqual(await headings(page).then((list) => list.slice(0, 3)), ['lodash 4.17.4', 'openssl 3.0.11', 'nginx 1.22.1']);
    await chip(page, 'layer').click();
    assert.match((await headings(page))[0] ?? '', /^Layer 3 COPY package-lock/);
    await chip(page, 'priority').click();
    assert.deepEqual((await page.locator('.group.all .said').allTextContents()).map((id) => id.slice(-4)), ['0001', '0002', '0003', '0004', '0005', '0008']);
  }),
);

browserTest('a comparison tells what is new and what is gone', () =>
  opened(fill(imageData(imageEntry('before'), later())), async ({ page }) => {
    assert.equal(await page.locator('h1').textContent(), 'before → after');
    assert.match((await page.locator('.sums').textContent()) ?? '', /5 vulnerabilities: 1 new, 4 remaining, 2 gone since before/);
    await chip(page, 'change').click();
    assert.deepEqual((await headings(page)).slice(0, 3), ['New', 'Remaining', 'Gone']);
    await chip(page, 'gone').click();
    assert.deepEqual(await ids(page), ['CVE-2024-0001', 'CVE-2024-0005']);
    await page.locator('.fault h4 button').first().click();
    assert.match((await page.locator('.fault-details').textContent()) ?? '', /Where it waslodash 4\.17\.4/);
    assert.equal(await page.locator('.lit').count(), 0);
  }),
);

browserTest('a trend counts vulnerabilities for each report', () =>
  opened(fill(imageData(imageEntry('one'), imageEntry('two', vulnerabilities().slice(0, 3)), later())), async ({ page }) => {
    const rows = await page.locator('.faults-trend tbody tr').allInnerTexts();
    assert.deepEqual(rows.map((row) => row.replace(/\s+/g, ' ').trim()), [
      'one 1 2 1 1 0 1 1 6',
      'two 1 0 1 0 0 0 1 2',
      'after 1 3 0 1 0 0 0 5',
    ]);
    assert.equal(await page.locator('.trend').count(), 1, 'no findings, no score: no second one');
  }),
);

browserTest('an image without advisories shows findings, layers, packages and what could be saved', () =>
  opened(fill(imageData(withoutAdvisories())), async ({ page }) => {
    assert.equal(await page.locator('.load-line').count(), 1);
    assert.equal(await page.getByRole('heading', { name: 'Vulnerabilities' }).count(), 0);
    assert.match((await page.locator('.savings').textContent()) ?? '', /2\.0 MBremoved in a later layer \(apt\), in layer 2/);
    await page.locator('.layer').nth(1).click();
    assert.equal(await page.locator('.package').count(), 3);
    await page.fill('#package-search', 'nginx');
    assert.equal(await page.locator('.package').count(), 1);
  }),
);

browserTest('findings and vulnerabilities stand on one page, each with its filters', () => {
  const both = imageEntry('both');
  const of = both.report as Record<string, unknown>;
  both.report = { ...report([finding()]), image: of.image, advisories_made: of.advisories_made, unjudged: [] };
  return opened(fill(imageData(both)), async ({ page }) => {
    await page.locator('#vulnerabilities').waitFor();
    await page.getByRole('search', { name: 'Filter the findings' }).getByRole('button', { name: 'low' }).click();
    await page.getByRole('search', { name: 'Filter the vulnerabilities' }).getByRole('button', { name: 'exploited' }).click();
    assert.deepEqual(await ids(page), ['CVE-2024-0001']);
    await page.waitForFunction(() => location.hash === '#severity=low&v.exploited=1');
  });
});

browserTest('a report of findings alone has nothing of images', () =>
  opened(fill(data([['shop', shop()]])), async ({ page }) => {
    assert.equal(await page.locator('.inventory, .faults-overview, .unjudged').count(), 0);
  }),
);

browserTest('paper lists every vulnerability that the filter shows', () =>
  opened(
    fill(imageData(crowdedImage(600))),
    async ({ page }) => {
      assert.equal(await page.locator('.fault').count(), 0);
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('.fault').count(), 120);
      assert.match((await page.locator('.printed-filter').textContent()) ?? '', /120 of 600 vulnerabilities; filter: critical/);
      assert.equal(await page.locator('.packages').isVisible(), false);
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      assert.equal(await page.locator('.fault').count(), 0);
    },
    { hash: '#v.severity=critical' },
  ),
);

browserTest('5 000 vulnerabilities: the times', () =>
  opened(fill(imageData(crowdedImage(5000))), async ({ page }) => {
    const times = await page.evaluate(async () => {
      const input = document.querySelector<HTMLInputElement>('#fault-search')!;
      const timed = async (act: () => void) => {
        const start = performance.now();
        act();
        await Promise.resolve();
        document.body.getBoundingClientRect();
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - start;
      };
      const typing: number[] = [];
      for (const query of ['p', 'package-7', 'package-77', 'cve-2024-1234', '']) {
        typing.push(await timed(() => {
          input.value = query;
          input.dispatchEvent(new Event('input', { bubbles: true }));
        }));
      }
      return {
        paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
        typing: Math.max(...typing),
        layer: await timed(() => document.querySelector<HTMLElement>('.layer')!.click()),
      };
    });
    console.log(
      `5 000 vulnerabilities: first paint ${times.paint.toFixed(0)} ms, slowest key ${times.typing.toFixed(0)} ms, ` +
        `choosing a layer ${times.layer.toFixed(0)} ms`,
    );
    assert.ok((await page.locator('.group.faults').count()) <= 52);
  }),
);
