/** A piece of the text of a file that is not for anybody's eyes. */
export interface SecretSpot {
  start: number;
  end: number;
  /** What kind of place it stands in; a secret may be kept only where one of its kind belongs. */
  kind: string;
  value: string;
}

const SECRET_NAME =
  /secret|password|passwd|credential|(?:^|[_-])(?:token|api_?key|private_?key|access_?key|encryption_?keys?)$/i;

/** Whether what stands under this name is a secret by the sound of it, whatever the schema knows. */
export function soundsSecret(name: string): boolean {
  return SECRET_NAME.test(name);
}
