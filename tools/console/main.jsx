import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './console.css';

import { GraphiQL } from 'graphiql';
import { useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';

import { closeSession, memoryStorage, openSession, takeCode } from './session.js';
import { tabs } from './tabs.js';

const TICK_MS = 1000;
const OVER = '会话已结束,请用新的一次性链接打开 / The session is over; open a new one-time link';

const fetcherFor = ({ token, endsAt }) => async (request) => {
  if (Date.now() >= endsAt) return { errors: [{ message: OVER }] };
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(request),
  });
  return response.json();
};

/** Seconds until the session ends, counted down while the page is open. */
function useSecondsLeft(endsAt) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((endsAt - now) / 1000));
}

function Remaining({ endsAt }) {
  const seconds = useSecondsLeft(endsAt);
  const minutes = Math.ceil(seconds / 60);
  const text = seconds ? `剩余 ${minutes} 分钟 · ${minutes} min left` : OVER;
  return (
    <span className={seconds > 60 ? 'remaining' : 'remaining ending'} role="timer">
      {text}
    </span>
  );
}

function Console({ session, onEnd }) {
  const storage = useMemo(memoryStorage, []);
  const fetcher = useMemo(() => fetcherFor(session), [session]);
  return (
    <>
      <header className="bar">
        <strong>客户信息控制台 · Kehu console</strong>
        <Remaining endsAt={session.endsAt} />
        <button type="button" onClick={onEnd}>
          结束会话 · End session
        </button>
      </header>
      <GraphiQL
        fetcher={fetcher}
        storage={storage}
        defaultTabs={tabs}
        isHeadersEditorEnabled={false}
        showPersistHeadersSettings={false}
        defaultEditorToolsVisibility="variables"
      >
        <GraphiQL.Logo>Kehu</GraphiQL.Logo>
      </GraphiQL>
    </>
  );
}

function Notice({ title, children }) {
  return (
    <main className="notice">
      <h1>{title}</h1>
      {children}
    </main>
  );
}

const HOW = (
  <p>
    请管理员启动服务:<code>kehu run</code> 会打印一次性链接。链接只能用一次,会话最长十分钟。
    <br />
    Ask the administrator for a link: <code>kehu run</code> prints one when the server starts. A link works once; a
    session lasts ten minutes at most.
  </p>
);

function App({ code }) {
  const [state, setState] = useState(code ? { name: 'opening' } : { name: 'closed' });
  useEffect(() => {
    if (!code) return;
    openSession(code).then(
      (session) => setState({ name: 'open', session }),
      (error) => setState({ name: 'refused', message: error.message }),
    );
  }, [code]);
  if (state.name === 'open') {
    const end = () => {
      void closeSession(state.session);
      setState({ name: 'closed' });
    };
    return <Console session={state.session} onEnd={end} />;
  }
  if (state.name === 'opening') return <Notice title="正在打开会话 · Opening the session" />;
  return (
    <Notice title="需要一次性链接 · A one-time link is needed">
      {state.message && <p role="alert">{state.message}</p>}
      {HOW}
    </Notice>
  );
}

createRoot(document.getElementById('root')).render(<App code={takeCode()} />);
