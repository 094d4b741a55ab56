// What the scripts here share: which Chromium, and pages in which nothing is remembered.
//
// A script exports one function of the browser and a question, which returns its answer; `run.mjs` runs them.
import process from 'node:process';

export const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';

// Chromium refuses to run as root inside its sandbox, which is how containers of a CI run it.
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--force-color-profile=srgb'];

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
    await page.goto(url, { waitUntil: 'load' });
    await page.evaluate(() => document.fonts.ready.then(() => true));
    return await use(page, seen);
  } finally {
    await context.close();
  }
}
