// One form as a page, by ?key=…&locale=…; its host gives `ask(query, variables)`, and with it the session.
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

import { KehuForm } from './form.jsx';

const FORM = `query ($key: String!, $locale: Language) {
  form(key: $key, locale: $locale) { key version schema uiSchema }
}`;
const PREFILL = `query ($key: String!, $customer: ID!) {
  prefill(key: $key, customer: $customer) { data masked denied version }
}`;
const SUBMIT = `mutation (
  $key: String!, $version: Int!, $data: FormData!, $customer: ID, $expected: Int, $once: String!
) {
  submitForm(key: $key, version: $version, data: $data, customer: $customer, expectedVersion: $expected,
             idempotencyKey: $once) {
    ... on SubmitFormSuccess { id }
    ... on Problems { problems { pointer code message { zh en } } }
  }
}`;

const parameters = new URLSearchParams(location.search);
const key = parameters.get('key');
const locale = parameters.get('locale') === 'en' ? 'en' : 'zh';
const customer = parameters.get('customer') || null;

function Page() {
  const [form, setForm] = useState(null);
  const [prefill, setPrefill] = useState(null);
  const [data, setData] = useState({});
  const [said, setSaid] = useState(null);

  useEffect(() => {
    const load = async () => {
      const { form } = await window.ask(FORM, { key, locale: locale.toUpperCase() });
      if (customer) {
        const { prefill } = await window.ask(PREFILL, { key, customer });
        setPrefill(prefill);
        setData(prefill.data);
      }
      setForm(form);
    };
    load();
  }, []);
  // Whoever drives the page may fill it in at once.
  window.fillIn = (values) => {
    setSaid(null);
    setData(values);
  };

  const submit = async (values) => {
    const given = { key, version: form.version, data: values, customer, expected: prefill?.version ?? null };
    const answer = await window.ask(SUBMIT, { ...given, once: crypto.randomUUID() });
    setSaid(answer.submitForm);
  };
  if (!form) return null;
  return (
    <>
      <KehuForm
        form={form}
        locale={locale}
        data={data}
        prefill={prefill}
        onChange={setData}
        onSubmit={submit}
        onRefused={(errors) => setSaid({ refused: errors.map((error) => error.stack) })}
      />
      {said && <output data-said={JSON.stringify(said)}>{said.id ? '✓' : '✗'}</output>}
    </>
  );
}

createRoot(document.getElementById('form')).render(<Page />);
