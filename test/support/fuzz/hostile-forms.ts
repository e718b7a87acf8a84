import fc from 'fast-check';
import { hostileText } from './hostile-values.js';

export const BOUNDARY = 'form-boundary-7';

const headerText = hostileText.map((text) => text.replaceAll(/[\r\n"]/g, ' ').slice(0, 300));
const contents = fc.oneof(
  hostileText.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  // What only looks like the end of a part.
  fc
    .constantFrom(`\r\n--${BOUNDARY.slice(0, -1)}`, `\r\n-`, `--${BOUNDARY}`)
    .map((text) => Buffer.from(text)),
  fc.constant(Buffer.alloc(200_000, 'x')),
);

const part = fc
  .record({
    name: fc.oneof(fc.constantFrom('file', 'model', 'prompt', 'file'), headerText),
    filename: fc.option(fc.oneof(fc.constantFrom('a.wav', 'a.txt', 'x.json', 'a.pdf'), headerText)),
    type: fc.option(fc.oneof(fc.constantFrom('audio/wav', 'text/plain'), headerText)),
    contents,
    more: fc.array(headerText, { maxLength: 20 }),
  })
  .map(({ name, filename, type, contents: bytes, more }) => {
    const file = filename === null ? '' : `; filename="${filename}"`;
    const kind = type === null ? '' : `Content-Type: ${type}\r\n`;
    const rest = more.map((text, index) => `X-${index}: ${text}\r\n`).join('');
    const disposition = `Content-Disposition: form-data; name="${name}"${file}\r\n`;
    const head = `--${BOUNDARY}\r\n${disposition}${kind}${rest}\r\n`;
    return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n')]);
  });

const whole = fc
  .array(part, { maxLength: 5 })
  .map((parts) => Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]));

const cutOff = fc
  .tuple(whole, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([bytes, share]) => bytes.subarray(0, Math.floor(bytes.length * share)));

const flipped = fc
  .tuple(whole, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }))
  .map(([bytes, changes]) => {
    const copy = Buffer.from(bytes);
    for (const [at, value] of changes) copy[at % Math.max(1, copy.length)] = value;
    return copy;
  });

const noise = fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes));

/** Bodies that are forms with that boundary, nearly so, or not at all. */
export const hostileForm: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 4, arbitrary: whole },
  { weight: 2, arbitrary: cutOff },
  { weight: 2, arbitrary: flipped },
  { weight: 1, arbitrary: noise },
);

/** Content types of a form, good ones first. */
export const FORM_TYPES = [
  `multipart/form-data; boundary=${BOUNDARY}`,
  `multipart/form-data; boundary="${BOUNDARY}"`,
  'multipart/form-data',
  'multipart/form-data; boundary=',
  `multipart/form-data; boundary=${'b'.repeat(300)}`,
  `multipart/mixed; boundary=${BOUNDARY}`,
] as const;
