// The colours that stand in for pictures and the points these are cropped around, under a strict content policy.
// Question: {urls}. Answer, for each: what the pictures ask for and what they get, without a script, with one, and in a browser
// whose style sheets cannot read attributes.
import { createHash } from 'node:crypto';

// The policy of docs/themes.md; the hashes stand for the one attribute that columns of a table may have.
const ALIGNED = ['left', 'right', 'center']
  .map(side => `'sha256-${createHash('sha256').update(`text-align: ${side};`).digest('base64')}'`).join(' ');
const POLICY = `default-src 'self'; img-src 'self' data:; style-src-attr 'unsafe-hashes' ${ALIGNED}`;

const look = () => [...document.querySelectorAll('img')].map(image => {
  const style = getComputedStyle(image);
  return {
    color: image.dataset.color ?? null,
    focus: image.dataset.focus ?? null,
    background: style.backgroundColor,
    position: style.objectPosition,
    own: [image.style.backgroundColor, image.style.objectPosition],
  };
});

const seen = async (browser, url, { javaScriptEnabled = true, supports = true }) => {
  const context = await browser.newContext({ javaScriptEnabled });
  try {
    const page = await context.newPage();
    const errors = [];
    page.on('console', message => { if (message.type() === 'error') errors.push(message.text()); });
    if (!supports) await page.addInitScript(() => { CSS.supports = () => false; });
    await page.route(url, async route => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': POLICY } });
    });
    await page.goto(url, { waitUntil: 'load' });
    return { errors, pictures: await page.evaluate(look) };
  } finally {
    await context.close();
  }
};

export default async (browser, { urls }) => {
  const answers = [];
  for (const url of urls) {
    answers.push({
      plain: await seen(browser, url, { javaScriptEnabled: false }),
      full: await seen(browser, url, {}),
      older: await seen(browser, url, { supports: false }),
    });
  }
  return answers;
};
