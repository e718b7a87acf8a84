import { describe, expect, it } from '@jest/globals';
import { AUDIO_DIALECT } from '../audio/audio-dialect.js';
import { MessagesDialect } from '../messages/messages-dialect.js';
import { NativeDialect } from '../responses/native-dialect.js';
import { BackendErrorEvent } from '../upstream/upstream-errors.js';
import { type AnswerDialect } from './answer-dialect.js';
import { CHAT_DIALECT, TRANSLATED_CHAT_DIALECT } from './chat-dialect.js';
import { UnreadableAnswerError } from './unreadable-answer.js';
import { VECTOR_DIALECT } from './vector-dialect.js';
import { contentTypeOf, faultOf, objectIn } from './whole-verdict.js';

const NATIVE = new NativeDialect();
const MESSAGES = new MessagesDialect();
const PAGE = '\n<!DOCTYPE html><html></html>';
const ERROR = '{"error":{"message":"no GPU"}}';
const COMPLETION = '{"choices":[{"message":{"content":"a"}}]}';
const JSON_TYPE = 'application/json';

interface Case {
  what: string;
  dialect: AnswerDialect;
  text: string;
  type?: string;
  isOpaque?: boolean;
  fault: 'unreadable' | 'failure' | null;
  shown?: string;
}

const CASES: Case[] = [
  {
    what: 'a completion',
    dialect: CHAT_DIALECT,
    text: COMPLETION,
    type: JSON_TYPE,
    fault: null,
    shown: JSON_TYPE,
  },
  {
    what: 'one behind a mark',
    dialect: CHAT_DIALECT,
    text: `\uFEFF ${COMPLETION}`,
    type: JSON_TYPE,
    fault: null,
  },
  {
    what: 'one in UTF-8',
    dialect: CHAT_DIALECT,
    text: COMPLETION,
    type: 'application/json; charset=UTF-8',
    fault: null,
    shown: 'application/json; charset=UTF-8',
  },
  {
    what: 'one called text',
    dialect: CHAT_DIALECT,
    text: COMPLETION,
    type: 'text/plain',
    fault: null,
    shown: JSON_TYPE,
  },
  { what: 'a page', dialect: CHAT_DIALECT, text: PAGE, type: 'text/html', fault: 'unreadable' },
  { what: 'a list', dialect: CHAT_DIALECT, text: '[]', type: JSON_TYPE, fault: 'unreadable' },
  {
    what: 'half an object',
    dialect: CHAT_DIALECT,
    text: '{"choices":[',
    type: JSON_TYPE,
    fault: 'unreadable',
  },
  { what: 'nothing', dialect: CHAT_DIALECT, text: '', fault: 'unreadable' },
  { what: 'an error', dialect: CHAT_DIALECT, text: ERROR, type: JSON_TYPE, fault: 'failure' },
  {
    what: 'an old error',
    dialect: CHAT_DIALECT,
    text: '{"object":"error","message":"x"}',
    fault: 'failure',
  },
  { what: 'no error', dialect: CHAT_DIALECT, text: '{"error":null,"choices":[]}', fault: null },
  {
    what: 'something compressed',
    dialect: CHAT_DIALECT,
    text: '\x1f\x8b',
    isOpaque: true,
    type: JSON_TYPE,
    fault: null,
    shown: JSON_TYPE,
  },
  {
    what: 'the same, to be translated',
    dialect: TRANSLATED_CHAT_DIALECT,
    text: '\x1f\x8b',
    isOpaque: true,
    fault: 'unreadable',
  },
  {
    what: 'an error to be translated',
    dialect: TRANSLATED_CHAT_DIALECT,
    text: ERROR,
    fault: 'failure',
  },
  {
    what: 'no completion to be translated',
    dialect: TRANSLATED_CHAT_DIALECT,
    text: '{}',
    fault: 'unreadable',
  },
  {
    what: 'a bare list of vectors',
    dialect: VECTOR_DIALECT,
    text: '[{"index":0}]',
    type: JSON_TYPE,
    fault: null,
    shown: JSON_TYPE,
  },
  {
    what: 'half a list of vectors',
    dialect: VECTOR_DIALECT,
    text: '[{"index":0}',
    type: JSON_TYPE,
    fault: 'unreadable',
  },
  {
    what: 'vectors in bytes',
    dialect: VECTOR_DIALECT,
    text: '\x00\x01',
    type: 'application/octet-stream',
    fault: null,
    shown: 'application/octet-stream',
  },
  {
    what: 'a page for vectors',
    dialect: VECTOR_DIALECT,
    text: PAGE,
    type: 'text/html',
    fault: 'unreadable',
  },
  {
    what: 'a transcript',
    dialect: AUDIO_DIALECT,
    text: 'Hello.',
    type: 'text/plain',
    fault: null,
    shown: 'text/plain',
  },
  {
    what: 'a transcript without a name',
    dialect: AUDIO_DIALECT,
    text: 'Hello.',
    fault: null,
    shown: 'text/plain; charset=utf-8',
  },
  {
    what: 'a transcript called HTML',
    dialect: AUDIO_DIALECT,
    text: 'Hello.',
    type: 'text/html',
    fault: null,
    shown: 'text/plain; charset=utf-8',
  },
  {
    what: 'a transcript of a brace',
    dialect: AUDIO_DIALECT,
    text: '{laughs} no',
    type: 'text/plain',
    fault: null,
  },
  {
    what: 'subtitles',
    dialect: AUDIO_DIALECT,
    text: 'WEBVTT\n\n',
    type: 'text/vtt',
    fault: null,
    shown: 'text/vtt',
  },
  {
    what: 'half a JSON transcript',
    dialect: AUDIO_DIALECT,
    text: '{"text":"a',
    type: JSON_TYPE,
    fault: 'unreadable',
  },
  {
    what: 'a page for a transcript',
    dialect: AUDIO_DIALECT,
    text: PAGE,
    type: 'text/plain',
    fault: 'unreadable',
  },
  {
    what: 'an error for a transcript',
    dialect: AUDIO_DIALECT,
    text: ERROR,
    type: JSON_TYPE,
    fault: 'failure',
  },
  { what: 'a message', dialect: MESSAGES, text: '{"type":"message","content":[]}', fault: null },
  {
    what: 'an error for a message',
    dialect: MESSAGES,
    text: '{"type":"error","error":{"type":"x"}}',
    fault: 'failure',
  },
  { what: 'a response', dialect: NATIVE, text: '{"object":"response","error":null}', fault: null },
  {
    what: 'a response that failed',
    dialect: NATIVE,
    text: '{"object":"response","status":"failed","error":{"code":"x"}}',
    fault: null,
  },
  { what: 'an error for a response', dialect: NATIVE, text: ERROR, fault: 'failure' },
];

describe('the verdict on an answer in one piece', () => {
  it.each(CASES.map((row) => [row.what, row] as const))('is right about %s', (_what, row) => {
    const bytes = Buffer.from(row.text, row.isOpaque ? 'latin1' : 'utf8');
    const object = objectIn(bytes);
    const { type: contentType, isOpaque = false, dialect } = row;
    const body = { bytes, object, contentType, isOpaque };
    const classes = { unreadable: UnreadableAnswerError, failure: BackendErrorEvent };
    const fault = faultOf(body, dialect);
    if (row.fault) expect(fault).toBeInstanceOf(classes[row.fault]);
    else expect(fault).toBeNull();
    if (row.shown) expect(contentTypeOf(body)).toBe(row.shown);
  });
});
