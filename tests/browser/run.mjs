// The one process behind all browser tests, with the one Chromium that their scripts share.
//
// Each line of its standard input is a question: {script, …}. Each gets one line of output: {answer}, or {error} where the script
// `script.mjs` beside this file failed. It ends with its input.
import process from 'node:process';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { CHROMIUM, FLAGS } from './harness.mjs';

const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
try {
  for await (const line of createInterface({ input: process.stdin })) {
    const { script, ...question } = JSON.parse(line);
    let found;
    try {
      const { default: work } = await import(`./${script}.mjs`);
      found = { answer: await work(browser, question) };
    } catch (error) {
      found = { error: String(error.stack ?? error) };
    }
    process.stdout.write(`${JSON.stringify(found)}\n`);
  }
} finally {
  await browser.close();
}
