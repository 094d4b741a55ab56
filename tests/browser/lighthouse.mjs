// Lighthouse's scores for a phone. Question: {urls, wanted: {category: points}, tries}; answer: [{url, scores, lost}].
//
// Performance is simulated from what was observed, so a busy machine costs points: a page that misses the bar is tried again
// and keeps the best score of each category. `lost` names the audits that cost points.
import process from 'node:process';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { CHROMIUM, FLAGS, question } from './harness.mjs';

const { urls, wanted, tries } = question();
const chromium = await launch({ chromePath: CHROMIUM, chromeFlags: ['--headless', ...FLAGS], logLevel: 'silent' });

async function look(url) {
  const { lhr } = await lighthouse(url, { port: chromium.port, logLevel: 'silent', onlyCategories: Object.keys(wanted) });
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

const found = [];
try {
  for (const url of urls) {
    const best = await look(url);
    const missed = () => Object.keys(wanted).some(name => best.scores[name] < wanted[name]);
    for (let left = tries - 1; left > 0 && missed(); left -= 1) {
      const again = await look(url);
      for (const name of Object.keys(wanted)) {
        if (again.scores[name] > best.scores[name]) {
          best.scores[name] = again.scores[name];
          best.lost[name] = again.lost[name];
        }
      }
    }
    found.push(best);
  }
} finally {
  await chromium.kill();
}
process.stdout.write(JSON.stringify(found));
