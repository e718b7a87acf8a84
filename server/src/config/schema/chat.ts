import { z } from 'zod';
import { key, section, withFacts } from './key.js';
import { choice, list, name, number, seconds, wholeNumber } from './values.js';

const EXTENSIONS = 'txt md csv json py js ts html css xml yaml yml pdf png jpg jpeg gif webp'.split(
  ' ',
);

const extension = withFacts(z.string().regex(/^[a-z0-9]{1,16}$/), {
  allowed: 'a file extension such as pdf',
  read: (value) =>
    typeof value === 'string' ? value.trim().replace(/^\./, '').toLowerCase() : value,
});

const upload = section({
  maxSizeMb: key(number(0.001, 1000).default(10), 'Largest attachment.', { unit: 'megabytes' }),
  maxTextChars: key(
    wholeNumber(1, 100_000_000).default(100_000),
    'Most text taken from one attachment.',
    {
      unit: 'characters',
    },
  ),
  allowedExtensions: key(list(extension, 200).default(EXTENSIONS), 'Kinds of files accepted.', {
    allowed: 'a list of file extensions',
  }),
  maxFiles: key(wholeNumber(0, 100).default(10), 'Most attachments of one message.', {
    unit: 'files',
  }),
  maxPdfPages: key(wholeNumber(1, 100_000).default(500), 'Most pages read from a PDF.', {
    unit: 'pages',
  }),
  extractTimeoutS: key(seconds(1, 600).default(20), 'Longest time for taking text out of a file.'),
  extractMemoryMb: key(wholeNumber(32, 8192).default(256), 'Most memory for that.', {
    unit: 'megabytes',
  }),
});

const titles = section({
  model: key(
    name(256).nullable().default(null),
    'Names conversations; never billed to the person.',
    {
      defaultText: 'the first words of the question',
    },
  ),
});

export const chat = section({
  remove: key(
    choice('hide', 'delete').default('hide'),
    'What deleting a conversation does: hide keeps it recoverable, delete is for good.',
  ),
  upload: key(upload, 'Attachments.'),
  titles: key(titles, 'Titles of conversations.'),
});
