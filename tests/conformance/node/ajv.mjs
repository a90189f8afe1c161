// Judges every value of KEHU_ASKED by its schema, as a front end would with Ajv and Kehu's formats; prints verdicts.
import { readFileSync } from 'node:fs';

import Ajv2020 from 'ajv/dist/2020.js';

import { formats } from './formats.js';

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, formats });
for (const keyword of ['x-sensitive', 'x-audit', 'x-cites']) ajv.addKeyword(keyword);

const asked = process.env.KEHU_ASKED;
if (asked) {
  const { schemas, values } = JSON.parse(readFileSync(asked, 'utf-8'));
  const verdicts = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const validate = ajv.compile(schema);
    verdicts[name] = values[name].map((value) => validate(value));
  }
  console.log(JSON.stringify(verdicts));
} else {
  console.log(JSON.stringify({ formats: Object.keys(formats) }));
}
