/** A place in the configuration: the keys as YAML spells them, list items by number or name. */
export type Path = readonly (string | number)[];

const PLAIN = /^[A-Za-z_][\w-]*$/;

/** `models[0].url`, `groups.staff.max`, `users["a@b.edu"].groups`. */
export function formatPath(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (!PLAIN.test(part)) text += `[${JSON.stringify(part)}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}

const PART = /\.?([A-Za-z_][\w-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy;

/** The reverse of formatPath. What cannot be a path answers an empty one. */
export function parsePath(text: string): Path {
  const path: (string | number)[] = [];
  let end = 0;
  for (const match of text.matchAll(PART)) {
    path.push(
      match[1] ?? (match[2] === undefined ? parseQuoted(match[3] ?? '""') : Number(match[2])),
    );
    end += match[0].length;
  }
  return end === text.length ? path : [];
}

function parseQuoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

/** Whether `path` is `above` or lies below it. */
export function isAtOrBelow(path: Path, above: Path): boolean {
  return above.length <= path.length && above.every((part, index) => part === path[index]);
}

/**
 * Whether a change at one of `changedPaths` concerns the key or section `path`: it lies there,
 * below it, or around it.
 */
export function touches(changedPaths: readonly string[], path: string): boolean {
  const wanted = parsePath(path);
  return changedPaths.some((changed) => {
    const found = parsePath(changed);
    return isAtOrBelow(found, wanted) || isAtOrBelow(wanted, found);
  });
}
