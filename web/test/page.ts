// Opens reports in the system's chromium, and watches what a page must never do.

import assert from 'node:assert/strict';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

export const kMarker = '<!--plimsoll-data-->';
// The tests are started in web/, see run.mjs.
export const kTemplate = join(process.cwd(), 'dist', 'report.html');

export const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function findChromium(): string | null {
  const named = process.env.PLIMSOLL_CHROMIUM;
  if (named) return named;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
      if (folder !== '' && runnable(join(folder, name))) return join(folder, name);
    }
  }
  return null;
}

/// As the executable does it: nothing in the JSON can end the element or start another.
export function fill(value: unknown): string {
  const json = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const block = `<script type="application/json" id="plimsoll-data">${json}</script>`;
  return readFileSync(kTemplate, 'utf8').replace(kMarker, () => block);
}

let browser: Browser | undefined;
let folder = '';
let pages = 0;
const chromiumPath = findChromium();

before(async () => {
  if (chromiumPath === null) {
    const words = 'no chromium in PATH or PLIMSOLL_CHROMIUM: the browser tests are not run';
    assert.notEqual(process.env.CI, 'true', words);
    console.error(`SKIPPED: ${words}`);
    return;
  }
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-web-'));
  browser = await chromium.launch({ executablePath: chromiumPath });
});

after(async () => {
  await browser?.close();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

/// Writes the page to a file and gives its address.
export function written(html: string): { path: string; url: string } {
  pages += 1;
  const path = join(folder, `report-${pages}.html`);
  writeFileSync(path, html);
  return { path, url: pathToFileURL(path).href };
}

export interface Opened {
  page: Page;
  url: string;
}

export interface Options extends BrowserContextOptions {
  hash?: string;
}

/// Opens a page, hands it to `use`, and fails on any console message, error or network request.
export async function opened(
  html: string,
  use: (opened: Opened) => Promise<void>,
  { hash = '', ...options }: Options = {},
): Promise<void> {
  const { url } = written(html);
  const context = await browser!.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.addInitScript(axeSource);
  const unwanted: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => unwanted.push(`console.${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => unwanted.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    unwanted.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url) unwanted.push(`request: ${request.url()}`);
  });
  try {
    await page.goto(url + hash);
    await page.waitForSelector('h1');
    await use({ page, url });
    assert.deepEqual(unwanted, []);
  } finally {
    await context.close();
  }
}

/// A test that needs the browser; without one it is skipped aloud (and fails in CI, see above).
export function browserTest(name: string, run: () => Promise<void>): void {
  test(name, { skip: chromiumPath === null ? 'no chromium' : false }, run);
}

export { chromiumPath };
