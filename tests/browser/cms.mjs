// A publication in Sveltia CMS, worked on as a folder of this computer. Question: {address, files: {path: text}, story, title}; answer:
// {errors, lists, form, saved}.
//
// `lists` are the collections with how many entries each shows; `form` the keys of the fields that a story's form has; `saved` the
// text of the story's file after its title was changed and saved. The folder lies in the browser's own file system.
import { visit } from './harness.mjs';

const fill = async files => {
  const root = await navigator.storage.getDirectory();
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split('/');
    let folder = root;
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
    const writer = await (await folder.getFileHandle(parts.at(-1), { create: true })).createWritable();
    await writer.write(text);
    await writer.close();
  }
};

const read = async path => {
  const parts = path.split('/');
  let folder = await navigator.storage.getDirectory();
  for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part);
  return (await (await folder.getFileHandle(parts.at(-1))).getFile()).text();
};

export default async (browser, { address, files, collection, story, path, title }) => visit(browser, `${address}/404.html`, {}, async (page, seen) => {
  // Sveltia asks for fonts and for its newest version elsewhere: none of that is there.
  await page.route(url => !url.href.startsWith(address) && url.protocol.startsWith('http'), route => route.abort());
  await page.evaluate(fill, files);
  await page.addInitScript(() => {
    window.showDirectoryPicker = async () => {
      const root = await navigator.storage.getDirectory();
      root.requestPermission = async () => 'granted';
      root.queryPermission = async () => 'granted';
      return root;
    };
  });
  await page.goto(`${address}/admin/`);
  await page.getByText('Work with Local Repository').click();
  await page.getByText('Collections', { exact: true }).first().waitFor();
  await page.getByText('Authors', { exact: true }).first().waitFor();
  await page.waitForTimeout(1500);
  const lists = await page.evaluate(() => document.body.innerText);
  await page.goto(`${address}/admin/#/collections/${collection}/entries/${story}`);
  await page.locator('section[data-key-path=title] input').first().waitFor();
  const form = await page.evaluate(() => [...document.querySelectorAll('section[data-key-path]')].map(part => part.dataset.keyPath));
  const authors = await page.locator('section[data-key-path=authors]').first().innerText();
  await page.locator('section[data-key-path=title] input').first().fill(title);
  await page.waitForTimeout(500);
  await page.getByRole('button', { name: 'Save' }).first().click();
  await page.waitForTimeout(2000);
  return {
    errors: seen.errors.filter(error => !error.includes('ERR_FAILED')),
    lists,
    form,
    authors,
    saved: await page.evaluate(read, path),
  };
});
