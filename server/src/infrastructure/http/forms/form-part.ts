/** A field of a form, as it came. */
export interface FormField {
  readonly kind: 'field';
  readonly name: string;
  readonly value: string;
  /** Null: none was told. */
  readonly contentType: string | null;
}

/** Where the file stands among the fields. */
export interface FormFile {
  readonly kind: 'file';
  readonly name: string;
  readonly filename: string;
  readonly contentType: string;
}

export type FormPart = FormField | FormFile;
