import { type JsonObject, isObject } from './fields.ts';
import { firstCharacters } from './tokens.ts';

/** Deeper than this, only what a schema requires is filled in. */
const GENEROUS_DEPTH = 4;

/** A schema that requires itself has no end; here it finds one. */
const GREATEST_DEPTH = 32;
const MOST_VALUES = 2_000;

const FORMATS: Record<string, string> = {
  'date-time': '2026-01-01T12:00:00Z',
  date: '2026-01-01',
  time: '12:00:00Z',
  duration: 'PT1H',
  email: 'echo@example.org',
  hostname: 'example.org',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.org/',
  url: 'https://example.org/',
  uuid: '00000000-0000-4000-8000-000000000000',
};

interface Setting {
  /** Where `$ref`s point into. */
  root: unknown;
  /** What a string holds where the schema does not say. */
  text: string;
  depth: number;
  /** How many more values may be made; shared by all of them. */
  left: { values: number };
}

/**
 * A value that the JSON schema describes; strings without a format are `text`. Knows what function
 * schemas are made of (types, enums, formats, bounds, `anyOf`, `allOf`, `$ref`), not patterns.
 */
export function exampleValue(schema: unknown, text: string): unknown {
  return valueOf(schema, { root: schema, text, depth: 0, left: { values: MOST_VALUES } });
}

/** The same for a function's arguments, which are an object whatever the schema says. */
export function exampleObject(schema: unknown, text: string): JsonObject {
  const value = exampleValue(schema, text);
  return isObject(value) ? value : {};
}

function valueOf(schema: unknown, setting: Setting): unknown {
  if (!isObject(schema)) return setting.text;
  setting.left.values -= 1;
  if (setting.depth > GREATEST_DEPTH || setting.left.values < 0) return null;
  const given = givenValue(schema);
  if (given !== undefined) return given;
  const deeper = { ...setting, depth: setting.depth + 1 };
  const choice = firstOf(schema.anyOf) ?? firstOf(schema.oneOf);
  if (choice !== undefined) return valueOf(choice, deeper);
  if ('$ref' in schema) return valueOf(resolved(schema, setting.root), deeper);
  if (Array.isArray(schema.allOf))
    return valueOf(merged(schema, schema.allOf, setting.root), deeper);
  return typedValue(schema, deeper);
}

/** What the schema itself says the value is, or may be. */
function givenValue(schema: JsonObject): unknown {
  if ('const' in schema) return schema.const;
  if ('default' in schema) return schema.default;
  return firstOf(schema.enum) ?? firstOf(schema.examples);
}

function typedValue(schema: JsonObject, setting: Setting): unknown {
  switch (typeName(schema)) {
    case 'object':
      return objectValue(schema, setting);
    case 'array':
      return arrayValue(schema, setting);
    case 'integer':
    case 'number':
      return numberValue(schema);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return stringValue(schema, setting.text);
  }
}

function typeName(schema: JsonObject): unknown {
  const { type } = schema;
  if (Array.isArray(type)) return type.find((name) => name !== 'null') ?? 'null';
  if (type !== undefined) return type;
  if (isObject(schema.properties)) return 'object';
  return 'items' in schema ? 'array' : 'string';
}

function objectValue(schema: JsonObject, setting: Setting): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = listOf(schema.required);
  const isGenerous = required.length === 0 && setting.depth <= GENEROUS_DEPTH;
  const entries = Object.entries(properties)
    .filter(([name]) => isGenerous || required.includes(name))
    .map(([name, property]) => [name, valueOf(property, setting)]);
  return Object.fromEntries(entries) as JsonObject;
}

function arrayValue(schema: JsonObject, setting: Setting): unknown[] {
  if (Array.isArray(schema.prefixItems)) {
    return schema.prefixItems.map((item) => valueOf(item, setting));
  }
  const wanted = Number(schema.minItems ?? (setting.depth > GENEROUS_DEPTH ? 0 : 1));
  const most = Number(schema.maxItems ?? 16);
  const length = Math.max(0, Math.min(wanted, most, 16)) || 0;
  return Array.from({ length }, () => valueOf(schema.items, setting));
}

function numberValue(schema: JsonObject): number {
  const least = numberOf(schema.minimum ?? schema.exclusiveMinimum);
  const most = numberOf(schema.maximum ?? schema.exclusiveMaximum);
  if (least !== undefined && most !== undefined && schema.type === 'number') {
    return (least + most) / 2;
  }
  const lowest = (least ?? -Infinity) + ('minimum' in schema ? 0 : 1);
  const highest = (most ?? Infinity) - ('maximum' in schema ? 0 : 1);
  const value = Math.min(Math.max(1, lowest), highest);
  const step = numberOf(schema.multipleOf) ?? 0;
  if (step <= 0) return value;
  const above = Math.ceil(value / step) * step;
  return above > highest ? above - step : above;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function stringValue(schema: JsonObject, text: string): string {
  const format = FORMATS[String(schema.format)];
  if (format !== undefined) return format;
  const { minLength, maxLength } = schema;
  const cut = typeof maxLength === 'number' ? firstCharacters(text, maxLength) : text;
  return typeof minLength === 'number' ? cut.padEnd(Math.min(minLength, 1_000), 'x') : cut;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function firstOf(value: unknown): unknown {
  return listOf(value)[0];
}

/** One object schema with the properties and requirements of all its parts. */
function merged(schema: JsonObject, parts: unknown[], root: unknown): JsonObject {
  const { allOf: _allOf, ...rest } = schema;
  const all = [rest, ...parts.map((part) => resolved(part, root)).filter(isObject)];
  const properties = Object.assign({}, ...all.map((part) => part.properties)) as JsonObject;
  const required = all.flatMap((part) => listOf(part.required));
  return Object.assign({}, ...all, { properties, required }) as JsonObject;
}

function resolved(schema: unknown, root: unknown): unknown {
  if (!isObject(schema) || typeof schema['$ref'] !== 'string') return schema;
  return target(schema['$ref'], root);
}

/** Follows `#/$defs/name`; a reference to anywhere else describes anything. */
function target(reference: string, root: unknown): unknown {
  if (!reference.startsWith('#')) return {};
  const steps = reference.split('/').slice(1);
  return steps.reduce<unknown>((value, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return isObject(value) && Object.hasOwn(value, name) ? value[name] : {};
  }, root);
}
