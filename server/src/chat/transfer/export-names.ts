const LONGEST = 80;
/** Not in file names: of a path, of a shell or of Windows; what turns text round or cannot be seen. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}/\\:*?"<>|]+/gu;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** A file name that every system takes, made of whatever somebody wrote. */
export function fileName(text: string, fallback: string): string {
  const plain = text.toWellFormed().normalize('NFC').replace(UNSAFE, ' ').replace(/\s+/g, ' ');
  const cut = [...plain.trim()].slice(0, LONGEST).join('');
  const trimmed = cut.replace(/^[.\s]+|[.\s]+$/g, '');
  if (trimmed === '') return fallback;
  return RESERVED.test(trimmed) ? `_${trimmed}` : trimmed;
}
