import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { browserTest, fill, kTemplate, opened } from '../page.ts';
import { imageData, imageEntry, later, withoutAdvisories } from '../fixtures/images.ts';
import { data, finding, report, shop, shopLater, trend } from '../fixtures/reports.ts';

interface Axe {
  run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // What has scrolled under the toolbar is reached by scrolling; axe would call it covered.
    scrollTo(0, 0);
    const { axe } = globalThis as unknown as { axe: Axe };
    const result = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    });
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 200)} — ${node.failureSummary}`),
    );
  });
}

const openAll = async (page: Page) => {
  const { length } = await page.locator('.finding h4 button').all();
  for (let index = 0; index < length; index += 1) await page.locator('.finding h4 button').nth(index).click();
};

const kPages: [name: string, html: () => string, act: (page: Page) => Promise<unknown>][] = [
  ['a report', () => fill(data([['a', shop()]])), (page) => page.waitForTimeout(0)],
  [
    'a report with everything open and suppressed shown',
    () => fill(data([['a', shop()]])),
    async (page) => {
      await page.getByRole('button', { name: /with suppressed/ }).click();
      await page.locator('.control').first().click();
      await page.locator('.control').first().click();
      await openAll(page);
    },
  ],
  [
    'a filtered report',
    () => fill(data([['a', shop()]])),
    async (page) => {
      await page.locator('.control').first().click();
      await page.locator('.toolbar .chip').first().click();
    },
  ],
  ['a comparison', () => fill(data([['a', shop()], ['b', shopLater()]])), openAll],
  ['a trend', () => fill(data(trend())), openAll],
  [
    'an incomplete report',
    () =>
      fill(
        data([
          [
            'a',
            report([finding({ message: 'a\u202eb' })], {
              complete: false,
              incomplete: Array.from({ length: 12 }, () => ({ stage: 'read', path: 'a', limit: 'b', value: '' })),
            }),
          ],
        ]),
      ),
    (page) => page.locator('summary').click(),
  ],
  [
    'an image with its vulnerabilities open',
    () =>
      fill(
        imageData(
          imageEntry('image', undefined, {
            advisories_made: '2020-01-01',
            unjudged: [{ ecosystem: 'Julia', reason: 'no advisories', packages: 3, of_system: false }],
          }),
        ),
      ),
    async (page) => {
      await page
        .locator('.panel h2 button[aria-expanded=false]')
        .evaluateAll((buttons) => buttons.forEach((button) => (button as HTMLElement).click()));
      await page.getByRole('button', { name: /with suppressed/ }).click();
      await openAll(page);
      await page.locator('.layer').nth(1).click();
    },
  ],
  [
    'a comparison of images',
    () => fill(imageData(imageEntry('before'), later())),
    (page) => page.getByRole('button', { name: 'change', exact: true }).click(),
  ],
  ['a trend of images', () => fill(imageData(imageEntry('a'), imageEntry('b'), later())), openAll],
  ['an image without advisories', () => fill(imageData(withoutAdvisories())), openAll],
  ['the keys', () => fill(data([['a', shop()]])), (page) => page.keyboard.press('?')],
  ['no report', () => readFileSync(kTemplate, 'utf8'), (page) => page.waitForTimeout(0)],
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 420]) {
    for (const [name, html, act] of kPages) {
      browserTest(`axe finds nothing: ${name}, ${colorScheme}, ${width} px`, () =>
        opened(
          html(),
          async ({ page }) => {
            await act(page);
            assert.deepEqual(await violations(page), []);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(wide <= 0, `the page is ${wide} px too wide`);
          },
          { colorScheme, viewport: { width, height: 900 } },
        ),
      );
    }
  }
}

const kTargets: [name: string, html: () => string][] = [
  ['a report', () => fill(data([['a', shop()]]))],
  ['an image', () => fill(imageData(imageEntry('image')))],
  ['an image without advisories', () => fill(imageData(withoutAdvisories()))],
];
for (const [name, html] of kTargets) browserTest(`targets are at least 24 px: ${name}`, () =>
  opened(html(), async ({ page }) => {
    await openAll(page);
    const small = await page.locator('button, a[href]:not(.skip), input, summary').evaluateAll((nodes) =>
      nodes
        .map((node) => ({ box: node.getBoundingClientRect(), html: node.outerHTML.slice(0, 80) }))
        .filter(({ box }) => box.height < 24 || box.width < 24)
        .map(({ box, html }) => `${box.width}×${box.height} ${html}`),
    );
    assert.deepEqual(small, []);
  }),
);

browserTest('the theme follows the system until it is chosen', () =>
  opened(
    fill(data([['a', shop()]])),
    async ({ page }) => {
      const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const dark = await paper();
      await page.emulateMedia({ colorScheme: 'light' });
      const light = await paper();
      assert.notEqual(dark, light);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.getByRole('button', { name: 'Switch to light' }).click();
      assert.equal(await paper(), light);
      await page.reload();
      await page.waitForSelector('h1');
      assert.equal(await paper(), light);
    },
    { colorScheme: 'dark' },
  ),
);

browserTest('focus is visible, and never behind the toolbar', () => {
  const many = report(Array.from({ length: 60 }, (_, line) => finding({ line })));
  return opened(fill(data([['a', many]])), async ({ page }) => {
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    for (let step = 0; step < 40; step += 1) await page.keyboard.press('k');
    const seen = await page.evaluate(() => {
      const focused = document.activeElement!;
      const bar = document.querySelector('.toolbar')!.getBoundingClientRect();
      const box = focused.getBoundingClientRect();
      return { clear: box.top >= bar.bottom - 1, outline: getComputedStyle(focused).outlineStyle };
    });
    assert.deepEqual(seen, { clear: true, outline: 'solid' });
  });
});

browserTest('nothing moves for who asked for that', () =>
  opened(
    fill(data([['a', shop()]])),
    async ({ page }) => {
      const moving = await page.evaluate(() =>
        [...document.querySelectorAll('*')].filter((node) => {
          const style = getComputedStyle(node);
          return style.transitionDuration !== '0s' || style.animationName !== 'none';
        }).length,
      );
      assert.equal(moving, 0);
    },
    { reducedMotion: 'reduce' },
  ),
);
