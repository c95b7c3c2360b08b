import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserTest, chromiumPath, fill, opened, written } from '../page.ts';
import { crowd, data, shop } from '../fixtures/reports.ts';

browserTest('10 000 findings: the times', () =>
  opened(fill(data([['crowd', crowd(10_000)]])), async ({ page }) => {
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    );
    // From the event to the end of the frame's work; setTimeout comes after rendering was asked for.
    const typing = await page.evaluate(async () => {
      const input = document.querySelector<HTMLInputElement>('#search')!;
      const times: number[] = [];
      for (const query of ['s', 'se', 'set', 'sett', 'setting_7', 'setting_70', 'setting_700', '']) {
        const start = performance.now();
        input.value = query;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await Promise.resolve();
        document.body.getBoundingClientRect();
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        times.push(performance.now() - start);
      }
      return times;
    });
    const click = await page.evaluate(async () => {
      const start = performance.now();
      document.querySelector<HTMLElement>('.group h3 button')!.click();
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return performance.now() - start;
    });
    console.log(
      `10 000 findings: first paint ${paint.toFixed(0)} ms, slowest key ${Math.max(...typing).toFixed(0)} ms, ` +
        `opening a group ${click.toFixed(0)} ms`,
    );
    assert.match((await page.locator('[role=status]').textContent()) ?? '', /10,000 of 10,000/);
  }),
);

browserTest('a long list is drawn in parts, and all of it can be reached', () =>
  opened(fill(data([['crowd', crowd(3000)]])), async ({ page }) => {
    assert.equal(await page.locator('.finding').count(), 0, 'groups start closed');
    assert.equal(await page.locator('.group').count(), 50);
    await page.getByRole('button', { name: /more of 200 groups/ }).click();
    assert.equal(await page.locator('.group').count(), 250);
    await page.getByRole('button', { name: 'rule', exact: true }).click();
    await page.locator('.group h3 button').first().click();
    assert.equal(await page.locator('.finding').count(), 100);
    await page.getByRole('button', { name: /Show 500 more/ }).click();
    assert.equal(await page.locator('.finding').count(), 600);
  }),
);

browserTest('paper shows every finding open and no controls, and the screen comes back', () =>
  opened(fill(data([['crowd', crowd(400)]])), async ({ page }) => {
    assert.equal(await page.locator('.details').count(), 0);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.details').count(), 400);
    assert.equal(await page.locator('.toolbar').count(), 0);
    assert.equal(await page.locator('.switches').isVisible(), false);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({ media: 'screen' });
    assert.equal(await page.locator('.details').count(), 0);
  }),
);

browserTest('paper keeps the filter and says it', () =>
  opened(
    fill(data([['shop', shop()]])),
    async ({ page }) => {
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      assert.equal(
        await page.locator('.printed-filter').textContent(),
        '1 of 6 findings; filter: “latest”',
      );
      assert.equal(await page.locator('.details').count(), 1);
    },
    { hash: '#q=latest' },
  ),
);

const pagesOf = (pdf: Buffer): number =>
  pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

browserTest('chromium --print-to-pdf writes all findings', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-pdf-'));
  try {
    const print = (findings: number): Buffer => {
      const out = join(folder, `${findings}.pdf`);
      execFileSync(
        chromiumPath!,
        [
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          `--user-data-dir=${join(folder, 'profile')}`,
          '--no-pdf-header-footer',
          `--print-to-pdf=${out}`,
          written(fill(data([['crowd', crowd(findings)]]))).url,
        ],
        { stdio: 'ignore', timeout: 60_000 },
      );
      return readFileSync(out);
    };
    const few = print(10);
    const many = print(240);
    assert.equal(few.subarray(0, 5).toString(), '%PDF-');
    console.log(`PDF: 10 findings ${pagesOf(few)} pages, 240 findings ${pagesOf(many)} pages`);
    // Closed groups alone would fit on two.
    assert.ok(pagesOf(many) > 15, `${pagesOf(many)} pages`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
