// Opens each form of KEHU_ASKED in Chromium, fills it in wrongly and rightly, submits; prints what came of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

const asked = JSON.parse(readFileSync(process.env.KEHU_ASKED, 'utf-8'));
const { url: origin, token, built, pages, screenshot } = asked;
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

const browser = await chromium.launch({
  executablePath: process.env.KEHU_CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
});
const page = await browser.newPage({ viewport: { width: 1000, height: 1400 } });
const foreign = [];
let faults = [];
page.on('request', (request) => request.url().startsWith(`${origin}/form/`) || foreign.push(request.url()));
page.on('pageerror', (error) => faults.push(error.message));
page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
await page.route(`${origin}/form/**`, (route) => {
  const path = new URL(route.request().url()).pathname.slice('/form/'.length);
  route.fulfill({ body: readFileSync(join(built, path)), contentType: TYPES[path.split('.').pop()] });
});
// The page never holds the token: it asks through this function.
await page.exposeFunction('ask', async (query, variables) => {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
});

const open = async ({ key, locale, customer = '' }) => {
  faults = [];
  await page.goto(`${origin}/form/index.html?${new URLSearchParams({ key, locale, customer })}`);
  await page.locator('button[type=submit]').waitFor({ timeout: 30_000 });
};

const submit = async (data) => {
  if (data) await page.evaluate((values) => window.fillIn(values), data);
  await page.locator('output').waitFor({ state: 'detached' });
  await page.locator('button[type=submit]').click();
  return JSON.parse(await page.locator('output').getAttribute('data-said', { timeout: 20_000 }));
};

const visit = async ({ good, bad, whole, ...which }) => {
  await open(which);
  await page.evaluate((values) => window.fillIn(values), whole);
  await page.locator('output').waitFor({ state: 'detached' });
  const text = await page.locator('main').innerText();
  const options = await page.locator('option').allInnerTexts();
  if (screenshot && which.key === screenshot) {
    await page.screenshot({ path: `${built}/${which.key}.${which.locale}.png`, fullPage: true });
  }
  const refused = [];
  for (const data of [{}, ...bad]) refused.push((await submit(data)).refused ?? []);
  const taken = [];
  for (const data of good) taken.push(await submit(data));
  return { ...which, text: `${text}\n${options.join('\n')}`, refused, taken, faults };
};

const visited = [];
for (const one of pages) visited.push(await visit(one));

// One form is filled in as a person does, field by field; another comes prefilled and goes back.
let typed = null;
if (asked.typed) {
  const { fields, choices, ...which } = asked.typed;
  await open(which);
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: false }).first().fill(value);
  for (const [label, option] of Object.entries(choices)) {
    await page.getByLabel(label, { exact: false }).first().selectOption({ label: option });
  }
  typed = await submit(null);
  if (typed.id) {
    await open({ ...which, customer: typed.id });
    const masked = await page.getByLabel(Object.keys(fields)[0], { exact: false }).first().inputValue();
    typed = { ...typed, masked, back: await submit(null) };
  }
}
await browser.close();
console.log(JSON.stringify({ visited, typed, foreign: foreign.filter((url) => !url.startsWith('data:')) }));
