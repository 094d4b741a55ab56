// What the elements of news do when a reader uses them. Question: {address, pages: {name: path}}; answer: {errors, asked, embed,
// table, gallery, chart}.
//
// `asked` are requests to other hosts before anything was clicked. Of the table, the cells of its first column of numbers as
// it stands, and after one and two clicks on its head with what `aria-sort` says; of the gallery, the places that it showed.
import { visit } from './harness.mjs';

export default async (browser, { address, pages }) => {
  const found = { errors: [], asked: [] };
  const at = async (name, options, use) => visit(browser, address + pages[name], options, async (page, seen) => {
    found.asked.push(...seen.requests.map(one => one.url).filter(url => !url.startsWith(`${address}/`) && !url.startsWith('data:')));
    const answer = await use(page);
    found.errors.push(...seen.errors.filter(error => !error.includes('square.example') && !error.includes('ERR_NAME_NOT_RESOLVED')));
    return answer;
  });
  found.embed = await at('embed', {}, async page => {
    await page.route('https://square.example/**', route => route.fulfill({ contentType: 'text/html', body: '<p>A film</p>' }));
    const before = await page.locator('iframe').count();
    await page.click('[data-embed]');
    return {
      before,
      frame: await page.getAttribute('.embed iframe', 'src'),
      focused: await page.evaluate(() => document.activeElement.tagName),
    };
  });
  found.table = await at('table', {}, async page => {
    const cells = place => page.evaluate(nth => [...document.querySelectorAll(`.figures tbody td:nth-child(${nth})`)]
      .map(cell => cell.textContent), place);
    const head = page.locator('.figures thead th').nth(1);
    const first = await cells(4);
    await head.locator('button').click();
    const greatest = [await cells(2), await head.getAttribute('aria-sort')];
    await head.locator('button').click();
    return { first, greatest, least: [await cells(2), await head.getAttribute('aria-sort')] };
  });
  found.gallery = await at('gallery', {}, async page => {
    const steps = [];
    const note = async () => steps.push(await page.textContent('dialog [data-place]'));
    await page.locator('.gallery-open').first().click();
    const open = await page.evaluate(() => document.querySelector('dialog').open);
    await note();
    await page.keyboard.press('ArrowRight');
    await note();
    await page.keyboard.press('ArrowLeft');
    await note();
    await page.keyboard.press('ArrowLeft');
    await note();
    const alt = await page.getAttribute('dialog img', 'alt');
    await page.keyboard.press('Escape');
    return {
      open,
      steps,
      alt,
      after: await page.evaluate(() => document.querySelector('dialog').open),
      focus: await page.evaluate(() => document.activeElement.className),
    };
  });
  found.chart = {};
  for (const width of [375, 1280]) {
    found.chart[width] = await at('table', { viewport: { width, height: 900 } }, page => page.evaluate(
      () => [...document.querySelectorAll('.chart-drawings svg')].map(drawing => drawing.checkVisibility()),
    ));
  }
  return found;
};
