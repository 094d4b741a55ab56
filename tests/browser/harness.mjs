// What every script here shares: one Chromium, pages with nothing remembered, and one JSON document as the answer.
//
// A script is started as `node script.mjs`, reads a JSON document from its standard input and writes one to its output.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { chromium } from 'playwright-core';

export const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';

// Chromium refuses to run as root inside its sandbox, which is how containers of a CI run it.
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--force-color-profile=srgb'];

export function question() {
  return JSON.parse(readFileSync(0, 'utf8'));
}

export async function answer(work) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    process.stdout.write(JSON.stringify(await work(browser, question())));
  } finally {
    await browser.close();
  }
}

// A page in a context of its own; `use` gets it once everything it wants is loaded, its fonts included.
export async function visit(browser, url, options, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  try {
    const page = await context.newPage();
    const seen = { errors: [], requests: [] };
    page.on('console', message => {
      if (message.type() === 'error') seen.errors.push(message.text());
    });
    page.on('pageerror', error => seen.errors.push(String(error)));
    page.on('response', response => seen.requests.push({ url: response.url(), status: response.status() }));
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready.then(() => true));
    return await use(page, seen);
  } finally {
    await context.close();
  }
}
