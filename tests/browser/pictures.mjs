// Pictures of pages. Question: {shots: [{url, file, width, height, scheme, scale?}]}; `height` is the most that is shown.
import { visit } from './harness.mjs';

export default async (browser, { shots }) => {
  for (const { url, file, width, height, scheme, scale = 1 } of shots) {
    const options = { viewport: { width, height: 900 }, colorScheme: scheme, deviceScaleFactor: scale };
    await visit(browser, url, options, async page => {
      // Fonts that come late on a first visit are used from the second on.
      await page.reload({ waitUntil: 'networkidle' });
      await page.evaluate(() => document.fonts.ready.then(() => true));
      // Pictures further down load when they come near: go there and back.
      await page.evaluate(async limit => {
        const pause = () => new Promise(done => setTimeout(done, 30));
        for (let y = 0; y < limit; y += 600) { scrollTo(0, y); await pause(); }
        await Promise.all([...document.images].filter(image => image.complete === false
          && image.getBoundingClientRect().top + scrollY < limit).map(image => image.decode().catch(() => {})));
        scrollTo(0, 0);
      }, height);
      const whole = await page.evaluate(() => document.documentElement.scrollHeight);
      const clip = { x: 0, y: 0, width, height: Math.min(height, whole) };
      await page.screenshot({ path: file, clip, fullPage: true });
    });
  }
  return shots.length;
};
