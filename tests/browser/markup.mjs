// What html-validate's standard rules find. Question: {files}; answer: [{file, line, rule, message}], empty at best.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { HtmlValidate } from 'html-validate';
import { question } from './harness.mjs';

const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });
const found = [];
for (const file of question().files) {
  const { results } = await validator.validateString(readFileSync(file, 'utf8'), file);
  for (const { messages } of results) {
    for (const { line, ruleId, message, severity } of messages) {
      if (severity === 2) found.push({ file, line, rule: ruleId, message });
    }
  }
}
process.stdout.write(JSON.stringify(found));
