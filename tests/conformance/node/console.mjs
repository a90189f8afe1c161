// Opens KEHU_LINK in Chromium, runs the first query, ends the session; prints what a person could see, as JSON.
import { chromium } from 'playwright-core';

const { KEHU_LINK: link, KEHU_CHROMIUM: executablePath, KEHU_SCREENSHOT: screenshot } = process.env;

const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const origin = new URL(link).origin;
const foreign = [];
const faults = [];
page.on('request', (request) => {
  const url = request.url();
  if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) foreign.push(url);
});
page.on('pageerror', (error) => faults.push(error.message));
page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));

await page.goto(link);
await page.locator('.graphiql-execute-button').waitFor({ timeout: 30_000 });
const [answer] = await Promise.all([
  page.waitForResponse((response) => response.url().endsWith('/graphql') && !isIntrospection(response.request())),
  page.locator('.graphiql-execute-button').click(),
]);
const body = await answer.json();
await page.locator('.result-window').getByText('totalCount').waitFor({ timeout: 10_000 });
const remaining = await page.getByRole('timer').innerText();
if (screenshot) await page.screenshot({ path: screenshot });
const kept = await page.evaluate(() => ({ local: { ...localStorage }, session: { ...sessionStorage } }));
const address = page.url();
const title = await page.title();

await page.getByRole('button', { name: /End session/ }).click();
await page.getByRole('heading', { name: /one-time link/ }).waitFor();
const faultsOfUse = [...faults];

await page.goto('about:blank');
await page.goto(link);
const secondTry = await page.getByRole('alert').innerText({ timeout: 10_000 });
await browser.close();

console.log(JSON.stringify({ address, body, faults: faultsOfUse, foreign, kept, remaining, secondTry, title }));

function isIntrospection(request) {
  return request.postData()?.includes('__schema') ?? false;
}
