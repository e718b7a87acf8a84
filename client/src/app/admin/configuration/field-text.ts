import { type ConfigurationField } from '../../core/api/schema';

/** Words that are written otherwise than as a key. */
const SPELLED: Readonly<Record<string, string>> = {
  api: 'API',
  id: 'ID',
  ids: 'IDs',
  oauth2: 'OAuth2',
  url: 'URL',
  urls: 'URLs',
};

/** `first_token_s` in words: the key itself stands beside it. */
export function labelOf(name: string): string {
  const words = name.split('_').filter((word) => word !== '');
  const text = words.map((word) => SPELLED[word] ?? word).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the schema says of a key, as plain text: its signs for code are no use to readers. */
export function docOf(field: ConfigurationField): string {
  return field.doc.replaceAll('`', '');
}

/** Whether a key, or one below it, has to do with what is searched for. */
export function matches(field: ConfigurationField, query: string): boolean {
  if (query === '') return true;
  const text = `${field.name} ${labelOf(field.name)} ${field.doc} ${field.env}`.toLowerCase();
  if (text.includes(query.toLowerCase())) return true;
  const below = [...field.fields, field.item, field.rest].filter((each) => each !== undefined);
  return below.some((each) => matches(each, query));
}

/** What somebody typed, as the value it means; what cannot be read stays text, and is refused. */
export function readTyped(field: ConfigurationField, typed: string): unknown {
  const text = typed.trim();
  if (text === '') return undefined;
  if (field.kind === 'list') {
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
  if (field.kind === 'choice') {
    return field.choices.find((choice) => String(choice) === text) ?? text;
  }
  const isNumber = /^-?\d+(\.\d+)?$/.test(text);
  if (field.kind === 'number') return isNumber ? Number(text) : text;
  if (field.kind !== 'any') return field.secret ? typed : text;
  if (text === 'true' || text === 'false') return text === 'true';
  if (isNumber) return Number(text);
  return text.split(',').map((part) => part.trim());
}

/** A value as it stands in a field. */
export function typedOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(typedOf).join('\n');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}

/** What holds where nothing stands in a field; a list without its brackets, which nobody types. */
export function placeholderOf({ required, defaultText }: ConfigurationField): string {
  return required ? '' : defaultText.replace(/^\[(.*)\]$/, '$1');
}

/** Texts that may become long have more than one line. */
export function isLong(field: ConfigurationField): boolean {
  const longest = /at most (\d+) characters/.exec(field.allowed)?.[1];
  return field.kind === 'list' || (field.kind === 'text' && Number(longest ?? 0) >= 1000);
}
