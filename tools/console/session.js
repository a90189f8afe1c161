// The session is kept in memory only: it is gone when the page is closed or loaded anew.

/** The code of the one-time link, taken out of the address so that no history keeps it. */
export const takeCode = () => {
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  if (code) history.replaceState(null, '', location.pathname);
  return code;
};

/** Use up the code: {token, endsAt} with the end in milliseconds since 1970, or an Error fit for people. */
export const openSession = async (code) => {
  const response = await fetch('/console/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok || !body.access_token) throw new Error(explain(body, response.status));
  return { token: body.access_token, endsAt: Date.now() + body.expires_in * 1000 };
};

const explain = ({ message }, status) =>
  message ? `${message.zh} / ${message.en}` : `请求被拒绝 / The request was refused (${status})`;

/** Revoke the token; a session that is over already needs nothing. */
export const closeSession = ({ token }) =>
  fetch('/console/session', { method: 'DELETE', headers: { authorization: `Bearer ${token}` } }).catch(() => {});

/** What GraphiQL would keep in localStorage (queries, variables, history) may be personal: keep it in memory. */
export const memoryStorage = () => {
  const items = new Map();
  return {
    get length() {
      return items.size;
    },
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, String(value)),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
};
