/** A refusal that the person at the terminal can do something about; printed without a stack. */
export class CommandError extends Error {}
