import { type INestApplicationContext } from '@nestjs/common';
import { describeSecrets, secretsReport } from '../secrets-report.js';
import { failed, type Finding, ok, warning } from './check.js';

const SUBJECT = 'encryption';

/** The key opens what is stored, and whether earlier ones still have to. */
export async function checkEncryption(app: INestApplicationContext): Promise<Finding[]> {
  const report = await secretsReport(app);
  const { kinds, unreadable, previousKeys, needsPrevious } = report;
  const sealed = kinds.map(({ kind, current }) => `${current} ${kind}`).join(', ');
  const lastLine = describeSecrets(report).at(-1)!;
  if (unreadable > 0) {
    const advice = 'Add the key that sealed them to app.previous_encryption_keys.';
    return [failed(SUBJECT, `${unreadable} sealed texts cannot be opened`, advice)];
  }
  if (previousKeys === 0) return [ok(SUBJECT, `the key opens what is stored: ${sealed}`)];
  const detail = needsPrevious ? 'earlier keys are still needed' : 'earlier keys are not needed';
  return [warning(SUBJECT, detail, lastLine)];
}
