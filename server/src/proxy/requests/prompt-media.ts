import { type PromptSize } from './token-estimate.js';

/** A file of this size counts as one image; its pages cannot be counted without reading it. */
const FILE_BYTES_OF_A_PART = 32 * 1024;
/** A file that only has an address may be long. */
const PARTS_OF_A_FAR_FILE = 10;

/** Counts what of a prompt is no text, whichever API it came by. Nothing of it is read. */
export class PromptMedia {
  private parts = 0;
  private base64Bytes = 0;
  private grows = false;

  /** Takes what stands there as base64; anything else is somewhere else. */
  addImage(data: unknown): void {
    this.parts += 1;
    this.base64Bytes += lengthOf(data);
  }

  /** Sound or a film, of which the backend alone knows how long it is. */
  addMoving(data: unknown): void {
    this.addImage(data);
    this.grows = true;
  }

  addFile(data: unknown): void {
    const isHere = typeof data === 'string';
    this.parts += isHere ? Math.ceil(data.length / FILE_BYTES_OF_A_PART) : PARTS_OF_A_FAR_FILE;
    this.base64Bytes += lengthOf(data);
    this.grows = true;
  }

  /** Of the whole request. `grows`: for another reason than these. */
  sizeOf(bodyBytes: number, messages: number, grows: boolean): PromptSize {
    return {
      textBytes: Math.max(0, bodyBytes - this.base64Bytes),
      messages,
      mediaParts: this.parts,
      grows: this.grows || grows,
    };
  }
}

function lengthOf(base64: unknown): number {
  return typeof base64 === 'string' ? base64.length : 0;
}
