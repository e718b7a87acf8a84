import { type ModelList } from '../metadata/read-model-list.js';

/** What came of asking for a list of models. */
export type ProbeAnswer =
  /** Null: what was answered is not such a list. */
  | { readonly kind: 'answered'; readonly status: number; readonly list: ModelList | null }
  /** In the words of whoever has to put it right, without a full stop. */
  | { readonly kind: 'failed'; readonly why: string };

/** For want of something of Lumen's own the backend was not asked; the words are as above. */
export interface Unasked {
  readonly kind: 'unasked';
  readonly why: string;
}

export interface ProbeVerdict {
  readonly isOk: boolean;
  readonly detail: string | null;
}

/**
 * What an answer says about one model. Many backends answer requests without being able to list what
 * they serve, so that only what is plainly a failure is one.
 */
export function probeVerdict(answer: ProbeAnswer, upstreamModel: string): ProbeVerdict {
  if (answer.kind === 'failed') return bad(`${answer.why}.`);
  const { status, list } = answer;
  if (status === 200) return verdictOfList(list, upstreamModel);
  const said = `GET /models answered with the status ${status}`;
  if (status === 404 || status === 405) return alive('The backend works, but lists no models.');
  if (status === 401 || status === 403) return bad(`The backend refuses the key (${status}).`);
  return status >= 500 ? bad(`${said}.`) : alive(`${said}.`);
}

function verdictOfList(list: ModelList | null, model: string): ProbeVerdict {
  if (!list) return alive('What GET /models answered is not a list of models.');
  if (list.names.length === 0) return alive('The backend lists no models.');
  if (list.find(model)) return { isOk: true, detail: null };
  return bad(`The backend does not list the model "${model}".`);
}

const bad = (detail: string): ProbeVerdict => ({ isOk: false, detail });
const alive = (detail: string): ProbeVerdict => ({ isOk: true, detail });
