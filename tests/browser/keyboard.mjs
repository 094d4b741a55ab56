// A way through a page by the Tab key. Question: {urls, width}; answer: [{url, stops, missed, skipped}].
//
// `stops` are the elements in the order of the key: their place in the document, their words, whether the focus shows and
// whether it is on the screen. `missed` names elements that can be used but are not reached; `skipped` is where the focus is
// after the first stop was followed.
import { visit } from './harness.mjs';

const USABLE = 'a[href], button, input, textarea, select, summary, iframe, [tabindex="0"]';

function stop(usable) {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    place: [...document.querySelectorAll(usable)].indexOf(element),
    words: (element.textContent.trim() || element.getAttribute('aria-label') || element.tagName).slice(0, 40),
    href: element.getAttribute('href'),
    shows: element.tagName === 'IFRAME' || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
    onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}

function absent([usable, reached]) {
  return [...document.querySelectorAll(usable)]
    .filter((element, place) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]')
      && element.tabIndex >= 0 && !element.disabled && !reached.includes(place))
    .map(element => element.outerHTML.slice(0, 120));
}

export default async (browser, { urls, width }) => {
  const found = [];
  for (const url of urls) {
    await visit(browser, url, { viewport: { width, height: 900 } }, async page => {
      const stops = [];
      for (let turn = 0; turn < 400; turn += 1) {
        await page.keyboard.press('Tab');
        const here = await page.evaluate(stop, USABLE);
        if (here === null || here.place === stops[0]?.place) break;
        stops.push(here);
      }
      const missed = await page.evaluate(absent, [USABLE, stops.map(({ place }) => place)]);
      await page.reload({ waitUntil: 'load' });
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      const skipped = await page.evaluate(() => document.activeElement.tagName.toLowerCase());
      found.push({ url, stops, missed, skipped });
    });
  }
  return found;
};
