/** The object that this JSON is; null if it is none. */
export function jsonObject(json: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(json) as unknown;
    const isObject = typeof value === 'object' && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
