// What does not fit. Question: {urls, widths, zoomed}; answer: [{url, width, zoom, overflow, outside, clipped}], empty at best.
//
// `overflow` is by how many pixels the page can be scrolled sideways, `outside` names elements that reach over the edge without
// a scroller of their own, `clipped` those whose words are cut off. `zoomed` are the widths that are tried with text twice as
// large, as a reader's browser makes it.
import { visit } from './harness.mjs';

function misfits() {
  const root = document.documentElement;
  const hides = style => /hidden|clip|auto|scroll/.test(style.overflowX);
  const scrolled = element => {
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      if (hides(getComputedStyle(box))) return true;
    }
    return false;
  };
  const label = element => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 30)}`;
  const outside = [];
  const clipped = [];
  for (const element of document.querySelectorAll('body *:not(svg *)')) {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;
    if ((box.right > root.clientWidth + 1 || box.left < -1) && !scrolled(element)) outside.push(label(element));
    const style = getComputedStyle(element);
    const cut = /hidden|clip/.test(style.overflowX + style.overflowY) && element.textContent.trim() && element.tagName !== 'IFRAME';
    if (cut && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) {
      clipped.push(label(element));
    }
  }
  return { overflow: root.scrollWidth - root.clientWidth, outside: outside.slice(0, 4), clipped: clipped.slice(0, 4) };
}

export default async (browser, { urls, widths, zoomed }) => {
  const found = [];
  for (const url of urls) {
    await visit(browser, url, {}, async page => {
      const look = async (sizes, zoom) => {
        for (const width of sizes) {
          await page.setViewportSize({ width, height: 900 });
          const result = await page.evaluate(misfits);
          if (result.overflow > 0 || result.outside.length || result.clipped.length) found.push({ url, width, zoom, ...result });
        }
      };
      await look(widths, 1);
      await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
      await look(zoomed, 2);
    });
  }
  return found;
};
