/** An amount above 0 as the server reads it: decimal text. */
export function isAmount(text: string): boolean {
  return /^\d{1,16}(\.\d{1,9})?$/.test(text) && Number(text) > 0;
}

/** An amount that may begin with "-", but is not 0. */
export function isChange(text: string): boolean {
  return isAmount(text.replace(/^-/, ''));
}
