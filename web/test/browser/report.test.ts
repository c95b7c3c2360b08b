import assert from 'node:assert/strict';
import { browserTest, fill, kMarker, opened } from '../page.ts';
import { data, finding, report, shop, shopLater, trend } from '../fixtures/reports.ts';
import { readFileSync } from 'node:fs';
import { kTemplate } from '../page.ts';

const page = () => fill(data([['shop.json', shop()]]));
const kMessages = '.finding .said';

browserTest('a report is drawn from its data', () =>
  opened(page(), async ({ page }) => {
    assert.equal(await page.title(), '40 % · shop · plimsoll');
    assert.equal(await page.locator('h1').textContent(), 'shop');
    assert.match((await page.locator('.masthead').textContent()) ?? '', /plimsoll\s*9\.8\.7/);
    assert.match((await page.locator('.judged').textContent()) ?? '', /2 services and 1 Dockerfile/);
    assert.equal(
      await page.locator('.load-line').getAttribute('aria-label'),
      'Score: 40 %, all judged',
    );
    assert.deepEqual(await page.locator('.severities .count').allTextContents(), ['1', '2', '1', '1', '0']);
    assert.equal(await page.locator('.control').count(), 15);
    assert.deepEqual(await page.locator('.group .name').allTextContents(), [
      'webservicecompose.yaml',
      'dbservicecompose.yaml',
      'Dockerfiledockerfile',
    ]);
    assert.equal(await page.locator('.finding').count(), 5);
    assert.equal(await page.locator('.banner').count(), 0);
  }),
);

browserTest('an open finding says why, what to do, where, and what proves it', () =>
  opened(page(), async ({ page }) => {
    await page.getByRole('button', { name: /the container is privileged/ }).click();
    const details = page.locator('.details');
    const words = (await details.textContent()) ?? '';
    assert.match(words, /A privileged container is root on the host/);
    assert.match(words, /Remove it, and add the one capability/);
    assert.match(words, /trivy:KSV-0017/);
    assert.equal(await details.locator('mark').textContent(), 'true');
    assert.equal(await details.locator('.hit .number').textContent(), '5');
    assert.deepEqual(await details.locator('.diff .removed code').allTextContents(), ['    privileged: true\n']);
    assert.equal(await details.locator('.fix-unsafe').textContent(), 'unsafe fix');
    await page.getByRole('button', { name: /no user is set/ }).click();
    const second = page.locator('.details').nth(1);
    assert.match((await second.textContent()) ?? '', /baseubuntu runs as root/);
    assert.deepEqual(
      await second.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
      ['https://docs.example.org/user'],
    );
  }),
);

browserTest('search: / focuses, words narrow, Esc clears', () =>
  opened(page(), async ({ page }) => {
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'search');
    await page.keyboard.type('hadolint:DL3002 root');
    assert.deepEqual(await page.locator(kMessages).allTextContents(), [
      'no user is set, and the image runs as root',
    ]);
    assert.match((await page.locator('[role=status]').textContent()) ?? '', /1 of 6 shown/);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.finding').count(), 5);
    await page.fill('#search', 'no such thing');
    assert.equal(await page.locator('.nothing').textContent(), 'No finding matches.');
  }),
);

browserTest('filters: severity, control, fixable, suppressed; all of them again', () =>
  opened(page(), async ({ page }) => {
    const toolbar = page.locator('.toolbar');
    const high = toolbar.getByRole('button', { name: 'high' });
    await high.click();
    assert.equal(await high.getAttribute('aria-pressed'), 'true');
    assert.equal(await page.locator('.finding').count(), 2);
    await high.click();
    await page.locator('.control', { hasText: 'Isolated from the host' }).click();
    assert.deepEqual(await page.locator(kMessages).allTextContents(), ['the container is privileged']);
    await toolbar.locator('.chip.remove').click();
    await toolbar.getByRole('button', { name: 'fixable' }).click();
    assert.equal(await page.locator('.finding').count(), 2);
    await toolbar.getByRole('button', { name: 'Show all' }).click();
    assert.equal(await page.locator('.finding').count(), 5);
    await toolbar.getByRole('button', { name: /suppressed/ }).click();
    assert.equal(await page.locator('.finding').count(), 6);
    await page.getByRole('button', { name: /no health check/ }).click();
    assert.match(
      (await page.locator('.details').textContent()) ?? '',
      /by hadolint: a batch job, until 2099-01-01/,
    );
  }),
);

browserTest('grouping by rule and by control', () =>
  opened(page(), async ({ page }) => {
    await page.getByRole('button', { name: 'rule', exact: true }).click();
    assert.match((await page.locator('.group .name').first().textContent()) ?? '', /The container is privileged/);
    await page.getByRole('button', { name: 'control', exact: true }).click();
    assert.match((await page.locator('.group .name').first().textContent()) ?? '', /Isolated from the host/);
  }),
);

browserTest('a link keeps the filters', () =>
  opened(page(), async ({ page }) => {
    await page.fill('#search', 'latest');
    await page.locator('.toolbar').getByRole('button', { name: 'low' }).click();
    await page.waitForFunction(() => location.hash === '#q=latest&severity=low');
    await page.reload();
    await page.waitForSelector('h1');
    assert.equal(await page.inputValue('#search'), 'latest');
    assert.equal(await page.locator('.finding').count(), 1);
    await page.evaluate(() => (location.hash = '#group=rule'));
    await page.waitForFunction(() => document.querySelectorAll('.finding').length === 5);
  }),
);

browserTest('keys: j, k and arrows move, Enter opens, ? explains, and they can be switched off', () =>
  opened(page(), async ({ page }) => {
    const focused = () => page.evaluate(() => document.activeElement?.querySelector('.said')?.textContent);
    await page.keyboard.press('j');
    assert.equal(await focused(), 'the container is privileged');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'no user is set, and the image runs as root');
    await page.keyboard.press('k');
    assert.equal(await focused(), 'the container is privileged');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.details').count(), 1);
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.details').count(), 0);
    await page.keyboard.press('?');
    await page.locator('dialog[open]').waitFor();
    await page.locator('dialog input').uncheck();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    assert.notEqual(await page.evaluate(() => document.activeElement?.id), 'search');
  }),
);

browserTest('a closed group is one stop, and opens', () =>
  opened(page(), async ({ page }) => {
    const head = page.locator('.group h3 button').first();
    await head.click();
    assert.equal(await head.getAttribute('aria-expanded'), 'false');
    assert.equal(await page.locator('.finding').count(), 2);
    await page.keyboard.press('j');
    assert.match((await page.evaluate(() => document.activeElement?.textContent)) ?? '', /POSTGRES_PASSWORD/);
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.finding').count(), 5);
  }),
);

browserTest('a comparison: both scores, controls, and findings by what became of them', () =>
  opened(fill(data([['before.json', shop()], ['after.json', shopLater()]])), async ({ page }) => {
    assert.equal(await page.locator('h1').textContent(), 'before.json → after.json');
    const scores = await page
      .locator('.load-line')
      .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label')));
    assert.deepEqual(scores, ['Score before: 40 %, all judged', 'Score after: 71 %, all judged']);
    assert.deepEqual(await page.locator('.group .name').allTextContents(), ['New', 'Remaining', 'Fixed']);
    assert.match((await page.locator('.sums').first().textContent()) ?? '', /1 new, 4 remaining, 1 fixed/);
    const isolation = page.locator('.control', { hasText: 'Isolated from the host' });
    assert.match((await isolation.textContent()) ?? '', /0 of 1 pass → 2 of 2 pass/);
    await page.getByRole('button', { name: 'fixed', exact: true }).click();
    assert.deepEqual(await page.locator(kMessages).allTextContents(), ['the container is privileged']);
  }),
);

browserTest('a trend: a line that breaks where no score is, and the numbers as a table', () =>
  opened(fill(data(trend())), async ({ page }) => {
    assert.equal(await page.locator('.chart').count(), 2);
    const line = (await page.locator('.chart .score').getAttribute('d')) ?? '';
    assert.equal(line.match(/M/g)?.length, 2);
    const rows = page.locator('.trend tbody tr');
    assert.equal(await rows.count(), 4);
    assert.match((await rows.nth(1).textContent()) ?? '', /2026-02\.jsonincomplete25 %/);
    assert.match((await rows.nth(2).textContent()) ?? '', /none/);
    assert.ok((await page.locator('.badge.new').count()) > 0);
    assert.equal(await page.locator('.badge.fixed').count(), 0);
  }),
);

browserTest('an incomplete report says so first, and names the parts', () => {
  const incomplete = Array.from({ length: 11 }, (_, index) => ({
    stage: 'parse',
    path: `shop/part-${index}.yaml`,
    limit: 'depth',
    value: '65',
  }));
  const broken = report([finding()], { complete: false, incomplete });
  return opened(fill(data([['a', broken]])), async ({ page }) => {
    const banner = page.locator('.banner');
    assert.match((await banner.textContent()) ?? '', /This report is incomplete.*11 parts/);
    assert.match((await banner.locator('li').first().textContent()) ?? '', /parse\s*part-0\.yaml depth 65/);
    assert.match((await page.locator('.judged').textContent()) ?? '', /incomplete/);
    assert.equal(await banner.locator('summary').textContent(), '3 more parts');
  });
});

browserTest('what was not judged stands beside the score', () => {
  const base = shop() as { score: { controls: Record<string, unknown>[] } };
  base.score.controls[0] = { ...base.score.controls[0], status: 'unknown', passed: 0, failed: 0, unknown: 9 };
  return opened(fill(data([['a', base]])), async ({ page }) => {
    assert.match((await page.locator('.load-line').getAttribute('aria-label')) ?? '', /, \d+ % unknown$/);
  });
});

browserTest('no findings at all', () =>
  opened(fill(data([['a', report([], { score: { percent: null, controls: [] } })]])), async ({ page }) => {
    assert.equal(await page.locator('.nothing').textContent(), 'No findings.');
    assert.match((await page.locator('.overview').textContent()) ?? '', /Nothing that has a score was judged/);
  }),
);

const kProblems: [name: string, html: () => string, expected: RegExp][] = [
  ['the empty template', () => readFileSync(kTemplate, 'utf8'), /empty template/],
  ['another schema', () => fill({ schema: 'plimsoll/html@7' }), /schema: expected plimsoll\/html@1/],
  ['broken JSON', () => readFileSync(kTemplate, 'utf8').replace(kMarker, '<script type="application/json" id="plimsoll-data">{"a</script>'), /not JSON/],
];
for (const [name, html, expected] of kProblems) {
  browserTest(`a clear message for ${name}`, () =>
    opened(html(), async ({ page }) => {
      assert.equal(await page.locator('h1').textContent(), 'This report cannot be shown');
      assert.match((await page.locator('main').textContent()) ?? '', expected);
    }),
  );
}
