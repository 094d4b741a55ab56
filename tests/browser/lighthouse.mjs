// Lighthouse's scores for a phone. Question: {urls, wanted: {category: points}, tries}; answer: [{url, scores, lost}].
//
// Performance is simulated from what was observed, so a busy machine costs points: a page that misses the bar is tried again
// and keeps the best score of each category. `lost` names the audits that cost points. Lighthouse has a Chromium of its own, in
// which nobody else has loaded anything.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { CHROMIUM, FLAGS } from './harness.mjs';

async function measure(url, port, categories) {
  const { lhr } = await lighthouse(url, { port, logLevel: 'silent', onlyCategories: categories });
  const lost = {};
  const scores = {};
  for (const [name, category] of Object.entries(lhr.categories)) {
    scores[name] = Math.round(category.score * 100);
    lost[name] = category.auditRefs
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
      .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ''}`.trim());
  }
  return { url, scores, lost };
}

async function best(url, port, wanted, tries) {
  const categories = Object.keys(wanted);
  const found = await measure(url, port, categories);
  const missed = () => categories.some(name => found.scores[name] < wanted[name]);
  for (let left = tries - 1; left > 0 && missed(); left -= 1) {
    const again = await measure(url, port, categories);
    for (const name of categories) {
      if (again.scores[name] > found.scores[name]) {
        found.scores[name] = again.scores[name];
        found.lost[name] = again.lost[name];
      }
    }
  }
  return found;
}

export default async (_, { urls, wanted, tries }) => {
  const chromium = await launch({ chromePath: CHROMIUM, chromeFlags: ['--headless', ...FLAGS], logLevel: 'silent' });
  try {
    const found = [];
    for (const url of urls) found.push(await best(url, chromium.port, wanted, tries));
    return found;
  } finally {
    await chromium.kill();
  }
};
