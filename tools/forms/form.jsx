// A form of Kehu with React JSON Schema Form: schema and uiSchema as the server gives them, nothing of its own.
import RjsfForm from '@rjsf/core';
import { TranslatableString, englishStringTranslator, getUiOptions } from '@rjsf/utils';
import { customizeValidator } from '@rjsf/validator-ajv8';
import Ajv2020 from 'ajv/dist/2020.js';
import localize from 'ajv-i18n';

import { formats } from './formats.js';

const validators = {
  zh: customizeValidator({ AjvClass: Ajv2020, customFormats: formats }, localize.zh),
  en: customizeValidator({ AjvClass: Ajv2020, customFormats: formats }),
};
const CHINESE = {
  [TranslatableString.AddItemButton]: '增加一行',
  [TranslatableString.AddButton]: '增加',
  [TranslatableString.RemoveButton]: '删除',
  [TranslatableString.MoveDownButton]: '下移',
  [TranslatableString.MoveUpButton]: '上移',
  [TranslatableString.ErrorsLabel]: '请更正以下各项',
  [TranslatableString.YesLabel]: '是',
  [TranslatableString.NoLabel]: '否',
};
const translators = {
  zh: (text, parameters) => CHINESE[text] ?? englishStringTranslator(text, parameters),
  en: englishStringTranslator,
};
// An object or list that nobody filled in isn't an answer.
const BEHAVIOUR = {
  emptyObjectFields: 'skipEmptyDefaults',
  arrayMinItems: { populate: 'requiredOnly' },
  constAsDefaults: 'never',
};

/** The value without empty objects and fields that were emptied again. */
export const pruned = (value) => {
  if (Array.isArray(value)) return value.map((item) => pruned(item) ?? {});
  if (value === null || typeof value !== 'object') return value === '' ? undefined : value;
  const kept = Object.entries(value).map(([name, part]) => [name, pruned(part)]);
  const given = Object.fromEntries(kept.filter(([, part]) => part !== undefined));
  return Object.keys(given).length ? given : undefined;
};

const at = (data, pointer) =>
  pointer
    .split('/')
    .slice(1)
    .reduce((value, part) => value?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], data);

/** Masks that came with prefill and weren't touched are no mistakes: the server leaves what they hide alone. */
export const untouched = (prefill, data) => {
  const kept = (prefill?.masked ?? []).filter(
    (pointer) => JSON.stringify(at(prefill.data, pointer)) === JSON.stringify(at(data, pointer)),
  );
  return (errors) => errors.filter((error) => !kept.some((pointer) => covers(pointer, error)));
};

const covers = (pointer, error) => {
  const where = `/${(error.property ?? '').replace(/^\./, '').replaceAll(/[.[\]]+/g, '/')}`.replace(/\/$/, '');
  return where === pointer || where.startsWith(`${pointer}/`);
};

/** Fields in the sections of the layout; those that aren't asked now are left out. */
function Sections({ uiSchema, properties, title, description, fieldPathId }) {
  const { sections } = getUiOptions(uiSchema);
  const whole = !fieldPathId.path.length;
  const shown = new Map(properties.filter(({ hidden }) => !hidden).map((one) => [one.name, one.content]));
  const parts = sections ?? [{ key: 'all', title: whole ? undefined : title, fields: [...shown.keys()] }];
  return (
    <>
      {whole && <h1>{title}</h1>}
      {whole && <p>{description}</p>}
      {parts.map((part) => (
        <fieldset key={part.key}>
          {part.title && <legend>{part.title}</legend>}
          {part.fields.map((name) => shown.get(name))}
        </fieldset>
      ))}
    </>
  );
}

/** `form` is what `form(key, version, locale)` gives; `prefill`, if any, what `prefill(key, customer)` gives. */
export function KehuForm({ form, locale, data, prefill, onChange, onSubmit, onRefused }) {
  const uiSchema = {
    ...form.uiSchema,
    'ui:submitButtonOptions': { submitText: locale === 'zh' ? '提交' : 'Submit' },
  };
  return (
    <RjsfForm
      schema={form.schema}
      uiSchema={uiSchema}
      formData={data}
      validator={validators[locale]}
      translateString={translators[locale]}
      templates={{ ObjectFieldTemplate: Sections }}
      experimental_defaultFormStateBehavior={BEHAVIOUR}
      transformErrors={untouched(prefill, data)}
      omitExtraData
      liveOmit
      noHtml5Validate
      onChange={(event) => onChange(pruned(event.formData) ?? {})}
      onSubmit={(event) => onSubmit(pruned(event.formData) ?? {})}
      onError={onRefused}
    />
  );
}
