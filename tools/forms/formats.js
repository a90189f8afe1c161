// The formats of Kehu's form schemas, for any JSON Schema validator: the same verdicts as the server's types give.
// Copy this file into a front end; vectors.json beside it holds what each format takes and refuses.

const SPACE = '\\s\\x1c-\\x1f\\x85';
const OUTER = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, 'gu');
const SPACES = new RegExp(`[${SPACE}]+`, 'gu');
const SEPARATORS = new RegExp(`[${SPACE}\\-\\u2010-\\u2015\\u2212]`, 'gu');
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/gu;
const CONTROL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const HAN = '\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uE000-\\uF8FF\\uF900-\\uFAFF\\u{20000}-\\u{323AF}\\u3007';
const LETTER = new RegExp(`[\\p{L}${HAN}]`, 'u');
const INTERPUNCT = /\s*[\u00b7\u2022\u2024\u2027\u2219\u22c5\u30fb\uff65\u16eb\u25cf]\s*/gu;
const PADDING = new RegExp(`(?<=[${HAN}]) (?=[${HAN}])`, 'gu');
const AREA = /^[\p{L}\p{N}](?<![0-9])[^\p{Nd}_@]{0,29}$/u;
const PERSONAL = [
  /(?<![0-9])1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])/,
  /(?<![0-9])(?:0086|86)1[3-9][0-9]{9}(?![0-9])/,
  /(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]/,
  /[A-Za-z0-9._%+-]@[A-Za-z0-9-]+\.[A-Za-z]/,
];
const PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)/;
const USCC = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const VIN_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const VIN_VALUES = '12345678123457923456789';
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const DAY_MS = 86_400_000;

const size = (text) => [...text].length;
const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

/** Full-width letters, digits and signs as ASCII. */
const halfWidth = (text) =>
  text
    .replace(/[\uFF01-\uFF5E]/gu, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00A0]/gu, ' ');
const capitals = (text) => text.replace(/[a-z]/g, (char) => char.toUpperCase());

/** Composed text without invisible marks and outer blanks; null where the server refuses it. */
const textOf = (raw) => {
  const text = raw.replace(INVISIBLE, '').normalize('NFC').replace(OUTER, '');
  return text && !CONTROL.test(text.replace(/[\n\r\t]/g, '')) ? text : null;
};

/** One line: half-width, runs of blanks made one. */
const lineOf = (raw) => textOf(halfWidth(raw))?.replace(SPACES, ' ') ?? null;

/** A check of the normal line, in which no mask may stand. */
const line = (check) => (raw) => {
  const text = lineOf(raw);
  return text !== null && !text.includes('*') && check(text);
};

const freeText = (raw) => {
  const text = textOf(raw);
  return text !== null && text.replaceAll('\r\n', '\n') !== '***';
};

const shortText = (raw) => {
  const text = lineOf(raw);
  return text !== null && size(text) <= 200 && !PERSONAL.some((pattern) => pattern.test(text));
};

const personName = line((text) => {
  const name = text
    .replace(INTERPUNCT, '·')
    .replace(/^[· ]+|[· ]+$/gu, '')
    .replace(PADDING, '');
  return LETTER.test(name) && size(name) <= 50 && !/[\p{Nd}\p{No}]/u.test(name);
});

const organisationName = line((text) => size(text) >= 2 && size(text) <= 120 && LETTER.test(text));
const areaName = line((text) => AREA.test(text));

const holdingNumber = line((text) => {
  const number = capitals(text.replace(SPACES, ''));
  return /^[0-9A-Z\u3400-\u9fff()[\]\u3010\u3011\u3014\u3015#/_.-]{3,64}$/u.test(number) && /[0-9A-Z]/.test(number);
});

const documentNumber = line((text) => {
  const number = capitals(text.replace(SEPARATORS, ''));
  return /^[0-9A-Z\u3400-\u9fff()]{4,30}$/u.test(number) && /[0-9]/.test(number);
});

/** {year, month, day} of an existing day, or null. */
const dayOf = (text) => {
  const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const made = new Date(0);
  made.setUTCFullYear(year, month - 1, day);
  const exists = year > 0 && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  return exists ? { year, time: made.getTime() } : null;
};

const date = (text) => {
  const day = dayOf(text);
  return day !== null && day.year >= 1800 && day.year <= 2200;
};

/** Nobody alive was born before 1875; today begins first at UTC+14. */
const birthDate = (text) => {
  const day = dayOf(text);
  return day !== null && day.year >= 1875 && day.time <= Date.now() + 14 * (DAY_MS / 24);
};

const MOMENT = new RegExp(
  '^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([01][0-9]|2[0-3]):([0-5][0-9]):[0-5][0-9](?:\\.[0-9]{1,9})?' +
    '(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))$',
);

const dateTime = (text) => {
  const found = MOMENT.exec(text);
  const day = found && dayOf(found[1]);
  if (!day) return false;
  const [, , hour, minute, sign, hours, minutes] = found;
  const offset = sign ? (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1) : 0;
  const utc = new Date(day.time + (Number(hour) * 60 + Number(minute) - offset) * 60_000);
  return utc.getUTCFullYear() >= 1 && utc.getUTCFullYear() <= 9999;
};

const residentId = (text) => {
  if (!/^[0-9]{17}[0-9X]$/.test(text) || !PROVINCES.test(text)) return false;
  if (!birthDate(`${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`)) return false;
  const rest = sum([...text.slice(0, 17)].map((digit, at) => Number(digit) * (2 ** (17 - at) % 11))) % 11;
  return '10X98765432'[rest] === text[17];
};

const uscc = (text) => {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text)) return false;
  const total = sum([...text.slice(0, 17)].map((char, at) => USCC.indexOf(char) * (3 ** at % 31)));
  return USCC[(31 - (total % 31)) % 31] === text[17];
};

const bankCard = (text) => {
  const digits = [...text].reverse().map((digit, at) => Number(digit) * (at % 2 ? 2 : 1));
  return sum(digits.map((digit) => (digit > 9 ? digit - 9 : digit))) % 10 === 0;
};

const vin = (text) => {
  const values = [...text].map((char) =>
    /[0-9]/.test(char) ? Number(char) : Number(VIN_VALUES[VIN_LETTERS.indexOf(char)]),
  );
  const rest = sum(values.map((value, at) => value * VIN_WEIGHTS[at])) % 11;
  return '0123456789X'[rest] === text[8];
};

const quantity = (text) => {
  const [whole, decimals = ''] = text.split('.');
  return Number(whole) * 1000 + Number(decimals.padEnd(3, '0')) <= 10 ** 12;
};

const email = (text) => text.lastIndexOf('@') <= 64;
const uuid = (text) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
/** The pattern or the list of values says it all. */
const anything = () => true;

const AREAS = ['province', 'city', 'district'];
const SEGMENTS = ['town', 'road', 'compound', 'building', 'unit', 'floor', 'room', 'detail'];
const TEXTS = ['free-text', 'business-scope', 'credit-standing', 'habit', 'health-condition', 'medical-history'];
const PATTERNS = [
  'age-band', 'bank-account', 'code', 'ethnicity', 'file-content', 'gas-meter', 'landline', 'licence-plate', 'mobile',
  'nationality', 'postcode', 'tobacco-licence',
];

/** By name of the format, whether a text is one. Ajv: `addFormat(name, check)`. */
export const formats = {
  date,
  'date-time': dateTime,
  email,
  uuid,
  ...Object.fromEntries([...TEXTS, 'occupation'].map((name) => [`kehu-${name}`, freeText])),
  ...Object.fromEntries(PATTERNS.map((name) => [`kehu-${name}`, anything])),
  ...Object.fromEntries(AREAS.map((name) => [`kehu-postal-address-${name}`, areaName])),
  ...Object.fromEntries(SEGMENTS.map((name) => [`kehu-postal-address-${name}`, line((text) => size(text) <= 300)])),
  'kehu-bank-card': bankCard,
  'kehu-birth-date': birthDate,
  'kehu-document-number': documentNumber,
  'kehu-holding-number': holdingNumber,
  'kehu-organisation-name': organisationName,
  'kehu-passport': (text) => /[0-9]/.test(text),
  'kehu-person-name': personName,
  'kehu-quantity': quantity,
  'kehu-resident-id': residentId,
  'kehu-short-text': shortText,
  'kehu-uscc': uscc,
  'kehu-vin': vin,
};
