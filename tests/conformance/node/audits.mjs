// Runs every audit of graphql-http against KEHU_URL and prints [{id, name, status, reason}] as JSON.
import { serverAudits } from 'graphql-http';

const { KEHU_URL: url, KEHU_TOKEN: token } = process.env;

const fetchFn = (input, init = {}) =>
  fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${token}` } });

const results = [];
for (const audit of serverAudits({ url, fetchFn })) {
  const { status, reason } = await audit.fn();
  results.push({ id: audit.id, name: audit.name, status, reason: reason ?? null });
}
console.log(JSON.stringify(results));
