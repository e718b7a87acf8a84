import { type ChatModel } from '../../core/api/schema';

/** What a tool is to be pointed at. */
export interface Connection {
  /** This site, without a slash at its end. */
  origin: string;
  /** Name of the portal, as tools show it. */
  site: string;
  model: Pick<
    ChatModel,
    | 'id'
    | 'contextWindow'
    | 'maxOutputTokens'
    | 'inputCostPerMillion'
    | 'outputCostPerMillion'
    | 'reasoning'
    | 'functionCalling'
    | 'inputModalities'
  >;
}

/** What to do in one step; each is a text of `connect.steps`. */
export type StepName =
  | 'install'
  | 'file'
  | 'secretFile'
  | 'run'
  | 'program'
  | 'shell'
  | 'settings'
  | 'openSettings'
  | 'notebook'
  | 'startTool'
  | 'workspace';

export interface Step {
  say: StepName;
  /** What the text is about, such as the place of a file. */
  about?: string;
  code?: string;
  /** Of the code, as the highlighter knows it. */
  language?: string;
  /** The code as a file to save, under this name. */
  saveAs?: string;
  /** Values to type into a form, in its own words. */
  fields?: readonly { label: string; value: string }[];
}

/** The environment variable that every tool reads the key from. */
export const KEY_VARIABLE = 'LUMEN_API_KEY';

/** What the program says to the model, in all languages. */
export const GREETING = 'Say hello in one sentence.';

export const apiUrl = ({ origin }: Pick<Connection, 'origin'>): string => `${origin}/v1`;

/** A string of JSON; JavaScript, Python, TOML, YAML and R read it alike. */
export const quoted = (text: string): string => JSON.stringify(text);

/** A word of a POSIX shell. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

export const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
