export type CheckStatus = 'ok' | 'warning' | 'failed' | 'skipped';

/** What came of one look. */
export interface Finding {
  /** What was looked at: a word or two. */
  subject: string;
  status: CheckStatus;
  /** What was found. Never a secret. */
  detail: string;
  /** What to do about it. */
  advice?: string;
}

export const ok = (subject: string, detail: string): Finding => ({ subject, status: 'ok', detail });

export const skipped = (subject: string, detail: string): Finding => ({
  subject,
  status: 'skipped',
  detail,
});

export const warning = (subject: string, detail: string, advice: string): Finding => ({
  subject,
  status: 'warning',
  detail,
  advice,
});

export const failed = (subject: string, detail: string, advice: string): Finding => ({
  subject,
  status: 'failed',
  detail,
  advice,
});

/** The first line of what went wrong. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  if (error instanceof AggregateError && error.message === '') return reasonOf(error.errors[0]);
  const [text = ''] = error.message.split('\n');
  return text === '' ? error.name : text;
}
