// A reader looks for a story with the keyboard alone. Question: {url, words, nothing}: the search page, words that more than ten
// stories have, words that none has.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { visit } from './harness.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export default async (browser, { url, words, nothing }) =>
  visit(browser, url, {}, async (page, seen) => {
    const status = page.locator('[data-search-status]');
    const said = async text => {
      await page.waitForFunction(
        wanted => document.querySelector('[data-search-status]').textContent.includes(wanted), text, { timeout: 20000 });
      return status.textContent();
    };
    const titles = () => page.locator('[data-search-results] h2').allTextContents();
    const focused = () => page.evaluate(() => document.activeElement.textContent);

    const before = seen.requests.filter(request => request.url.includes('/search-index/')).length;
    for (let stops = 0; stops < 40; stops += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement.id === 'page:search-words')) break;
    }
    await page.keyboard.type(words);
    const many = await said(words);
    const first = await titles();
    const address = page.url();
    await page.keyboard.press('Tab');
    const next = await focused();
    await page.evaluate(axe);
    const objections = await page.evaluate(() => axe.run().then(found => found.violations.map(one => one.id)));
    await page.locator('[data-search-more]').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(count => document.querySelectorAll('[data-search-results] h2').length > count, first.length);
    const all = await titles();
    const after = await focused();
    await page.reload({ waitUntil: 'load' });
    const again = [await said(words), await page.inputValue('input[name="q"]')];
    await page.fill('input[name="q"]', nothing);
    const none = await said(nothing);
    const left = await titles();
    return {
      before, many, first, address, next, objections, all, after, again, none, left,
      role: await status.getAttribute('role'),
      segments: [...new Set(seen.requests.map(request => /\/search-index\/(\d+)\//.exec(request.url)?.[1]).filter(Boolean))],
      errors: seen.errors,
    };
  });
