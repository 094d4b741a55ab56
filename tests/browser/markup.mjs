// What html-validate's standard rules find. Question: {files}; answer: [{file, line, rule, message}], empty at best.
import { readFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });

export default async (_, { files }) => {
  const found = [];
  for (const file of files) {
    const { results } = await validator.validateString(readFileSync(file, 'utf8'), file);
    for (const { messages } of results) {
      for (const { line, ruleId, message, severity } of messages) {
        if (severity === 2) found.push({ file, line, rule: ruleId, message });
      }
    }
  }
  return found;
};
