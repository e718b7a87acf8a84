import { AppError } from '../infrastructure/errors/app-error.js';
import { type OwnerKind } from '../infrastructure/http/principal.js';
import { type Decision } from './decide.js';
import { explain } from './explain.js';

/** Who is refused what. */
export interface RefusedUse {
  readonly ownerKind: OwnerKind;
  readonly ownerName: string;
  readonly model: string;
  readonly decision: Decision;
}

/** What somebody hears who may not use a model: why, and what can be done. */
export function accessRefusal(use: RefusedUse): AppError {
  return use.decision.access === 'needs_ack' ? acknowledgementRequired(use) : blocked(use);
}

function blocked({ ownerKind, ownerName, model, decision }: RefusedUse): AppError {
  const who = ownerKind === 'user' ? 'You' : `The client ${ownerName}`;
  const remedy =
    decision.rule === 'key_limit'
      ? 'Use another key, or another model.'
      : 'GET /v1/models lists what may be used; for more, ask an administrator.';
  return new AppError(
    'permission_denied',
    `${who} may not use the model "${model}" (${explain(decision)}). ${remedy}`,
    { param: 'model', details: { model, rule: decision.rule, scope: decision.scope } },
  );
}

function acknowledgementRequired({ ownerKind, ownerName, model, decision }: RefusedUse): AppError {
  const where =
    ownerKind === 'user'
      ? 'Choose it once in the chat of Lumen, read what is shown and confirm it'
      : `A manager of the client ${ownerName} confirms it once in Lumen, under Clients`;
  return new AppError(
    'acknowledgement_required',
    `The model "${model}" has to be acknowledged before it is used (${explain(decision)}). ${where}; then try again.`,
    { param: 'model', details: { model, rule: decision.rule, scope: decision.scope } },
  );
}
