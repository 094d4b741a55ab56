// Whether drawings that a reader opens by themselves run or load anything.
// Question: {drawings: [markup]}. Answer: the addresses that were asked for, other than the drawings themselves.
const ORIGIN = 'http://drawings.example';

const type = path => (path === '/' ? 'text/html' : 'image/svg+xml');

export default async (browser, { drawings }) => {
  const pages = new Map(drawings.map((markup, number) => [`/${number}.svg`, markup]));
  // Each is a document of its own, as in a tab, in which scripts may run.
  pages.set('/', [...pages.keys()].map(path => `<iframe src="${path}"></iframe>`).join(''));
  const context = await browser.newContext();
  try {
    const asked = [];
    await context.route('**', route => {
      const url = new URL(route.request().url());
      const body = url.origin === ORIGIN ? pages.get(url.pathname) : undefined;
      if (body !== undefined) return route.fulfill({ contentType: type(url.pathname), body });
      asked.push(url.href);
      return route.abort();
    });
    const page = await context.newPage();
    await page.goto(`${ORIGIN}/`, { waitUntil: 'load' });
    for (const frame of page.frames().slice(1)) {
      await frame.evaluate(() => {
        const isPage = address => /^https?:/.test(URL.parse(address, document.baseURI)?.protocol ?? 'http:');
        for (const link of document.getElementsByTagNameNS('*', 'a')) {
          // A link that leads to a page is allowed to.
          if (!isPage(link.href?.animVal ?? '')) link.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        }
      }).catch(() => {}); // a frame that has left its drawing has asked for an address
    }
    await page.waitForTimeout(400);
    return asked;
  } finally {
    await context.close();
  }
};
