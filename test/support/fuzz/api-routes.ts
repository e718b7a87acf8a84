import { readFileSync } from 'node:fs';

const DOCUMENT = new URL('../../../docs/openapi.json', import.meta.url);
const FUZZED = /^\/(v1|api|chat|providers|health)(\/|$)/;
/** After these the rest of the API is another one for the caller, so that they come last. */
const CHANGING_MUCH =
  /admin\/(configuration|terms|users\/\{id\}(\/roles|\/sessions)?$)|sessions$|deletion$/;

export interface JsonSchema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  nullable?: boolean;
  allOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  format?: string;
}

export interface RouteParameter {
  name: string;
  in: string;
  schema?: JsonSchema;
}

/** One operation of the OpenAPI document. */
export interface ApiRoute {
  method: string;
  path: string;
  parameters: RouteParameter[];
  /** Of its body, if it takes one. */
  body: { kind: 'json' | 'form'; schema: JsonSchema } | null;
}

interface Operation {
  parameters?: RouteParameter[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema> };
}

const document = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as Document;

/** Every route that answers with data, as docs/openapi.json has it. */
export const API_ROUTES: readonly ApiRoute[] = Object.entries(document.paths)
  .filter(([path]) => FUZZED.test(path))
  .flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      parameters: operation.parameters ?? [],
      body: bodyOf(operation),
    })),
  )
  .toSorted((a, b) => Number(changesMuch(a)) - Number(changesMuch(b)));

function changesMuch({ method, path }: ApiRoute): boolean {
  return method !== 'GET' && CHANGING_MUCH.test(path);
}

function bodyOf({ requestBody }: Operation): ApiRoute['body'] {
  const content = requestBody?.content ?? {};
  const json = content['application/json'];
  if (json) return { kind: 'json', schema: json.schema };
  const form = content['multipart/form-data'];
  return form ? { kind: 'form', schema: form.schema } : null;
}

/** The schema itself, where it only names another. */
export function resolved(schema: JsonSchema): JsonSchema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : resolved(document.components.schemas[name] ?? {});
}
