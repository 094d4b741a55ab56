// What the theme's script adds, and what is there without it. Question: {urls}; answer: [{url, plain, full, …}].
//
// For each address: the words of `main` and the buttons that show without JavaScript (`plain`) and with it (`full`), the colour
// of the page before and after its switch is used and on the next page (`colours`), and what "copy link" puts on the clipboard.
import { visit } from './harness.mjs';

const contents = () => {
  const buttons = [...document.querySelectorAll('button')].filter(button => button.checkVisibility())
    .map(button => ({ words: button.textContent.trim(), type: button.type, form: Boolean(button.form?.action) }));
  for (const item of document.querySelectorAll('[data-needs-script]')) item.hidden = true;
  return {
    buttons,
    words: document.querySelector('main').innerText.split(/\s+/).filter(Boolean),
    links: document.querySelectorAll('a[href]').length,
  };
};

export default async (browser, { urls }) => {
  const found = [];
  for (const url of urls) {
    const plain = await visit(browser, url, { javaScriptEnabled: false }, page => page.evaluate(contents));
    const more = await visit(browser, url, { permissions: ['clipboard-read', 'clipboard-write'] }, async page => {
      const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const full = await page.evaluate(contents);
      const colours = [await paper()];
      await page.click('[data-scheme-switch]');
      const pressed = await page.getAttribute('[data-scheme-switch]', 'aria-pressed');
      colours.push(await paper());
      let copied = null;
      await page.reload({ waitUntil: 'load' });
      colours.push(await paper());
      if (await page.locator('[data-copy-link]').count()) {
        await page.click('[data-copy-link]');
        copied = await page.evaluate(() => navigator.clipboard.readText());
      }
      return { full, colours, pressed, copied };
    });
    found.push({ url, plain, ...more });
  }
  return found;
};
