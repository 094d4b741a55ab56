// What a story shows on paper. Question: {url}; answer: what of it can be seen, and what stands behind its links to elsewhere.
import { visit } from './harness.mjs';

export default async (browser, { url }) =>
  visit(browser, url, { colorScheme: 'dark' }, async page => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    return page.evaluate(() => {
      const shown = selector => [...document.querySelectorAll(selector)].filter(one => one.getClientRects().length > 0).length;
      return {
        kept: Object.fromEntries(['.nameplate', '.story-title', '.byline-name', '.byline-role', '.dateline time', '.story-image img',
          '.credit', '.corrections', '.footnote', '.bio-name', '.legal'].map(name => [name, shown(name)])),
        gone: Object.fromEntries(['.section-nav', '.masthead-tools', '.story-tools', '.tags', '.share', '.related', '.neighbours',
          '.comments', 'button', 'textarea'].map(name => [name, shown(name)])),
        links: [...document.querySelectorAll('.story-body a[href^="http"]')].map(link => [
          link.getAttribute('href'), getComputedStyle(link, '::after').content]),
        paper: getComputedStyle(document.body).backgroundColor,
      };
    });
  });
