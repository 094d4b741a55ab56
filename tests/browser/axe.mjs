// What axe-core finds. Question: {urls, schemes, widths}; answer: [{url, scheme, width, rule, help, nodes}], empty at best.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { visit } from './harness.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export default async (browser, { urls, schemes, widths }) => {
  const found = [];
  for (const url of urls) {
    for (const scheme of schemes) {
      await visit(browser, url, { colorScheme: scheme }, async page => {
        await page.evaluate(axe);
        for (const width of widths) {
          await page.setViewportSize({ width, height: 900 });
          const result = await page.evaluate(tags => axe.run({ runOnly: { type: 'tag', values: tags } }), TAGS);
          for (const { id, help, nodes } of result.violations) {
            found.push({ url, scheme, width, rule: id, help, nodes: nodes.slice(0, 3).map(node => node.html) });
          }
        }
      });
    }
  }
  return found;
};
