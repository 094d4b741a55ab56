// What a visit costs. Question: {urls, width}; answer: [{url, errors, shift, loads: [{url, type, status, bytes}]}].
//
// `errors` is what the console says. `shift` is the cumulative layout shift while the page loads and is scrolled to its end;
// fonts arrive late, as over a slow line, so that stand-ins with other measures show.
import { visit } from './harness.mjs';

const LATE = 400;

export default async (browser, { urls, width }) => {
  const found = [];
  for (const url of urls) {
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    const errors = [];
    const responses = [];
    page.on('console', message => { if (message.type() === 'error') errors.push(message.text()); });
    page.on('pageerror', error => errors.push(String(error)));
    page.on('requestfailed', request => errors.push(`${request.url()} ${request.failure()?.errorText}`));
    page.on('response', response => responses.push(response));
    await page.route('**/*.woff2', async route => {
      await new Promise(done => setTimeout(done, LATE));
      await route.continue();
    });
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.evaluate(async () => {
      await document.fonts.ready;
      for (let y = 0; y < document.documentElement.scrollHeight; y += 400) {
        scrollTo(0, y);
        await new Promise(done => setTimeout(done, 20));
      }
    });
    await page.waitForLoadState('networkidle');
    const loads = [];
    for (const response of responses) {
      const type = response.request().resourceType();
      loads.push({ url: response.url(), type, status: response.status(), bytes: (await response.body()).length });
    }
    found.push({ url, errors, shift: await page.evaluate(() => window.shift), loads });
    await context.close();
  }
  return found;
};
