import { AppError } from '../../errors/app-error.js';

const MIB = 2 ** 20;
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE']);
const AS_A_FORM = 'Send the file as multipart/form-data, in a field named "file".';

export function notAForm(): AppError {
  return new AppError('unsupported_media_type', `The body is not a form. ${AS_A_FORM}`);
}

export function noBoundary(): AppError {
  const message = `The content type names no boundary, so that the form cannot be read. ${AS_A_FORM}`;
  return new AppError('invalid_request', message);
}

export function brokenForm(reason: string): AppError {
  const message = `The form cannot be read: ${reason.slice(0, 200)}. ${AS_A_FORM}`;
  return new AppError('invalid_request', message);
}

export function noFile(): AppError {
  return new AppError('missing_field', `The form has no file. ${AS_A_FORM}`, { param: 'file' });
}

export function emptyFile(): AppError {
  return invalidForm('file', 'The file is empty. Send one with something in it.');
}

export function unnamedField(): AppError {
  return brokenForm('a field of it has no name, or one that is too long');
}

export function longField(name: string): AppError {
  return invalidForm(name, `"${name.slice(0, 100)}" is longer than anything of use. Shorten it.`);
}

export function invalidForm(param: string, message: string): AppError {
  return new AppError('invalid_request', message, { param: param.slice(0, 100) });
}

export function fileTooLarge(mostBytes: number): AppError {
  const most =
    mostBytes >= MIB ? `${Math.floor(mostBytes / MIB)} MiB` : `${Math.floor(mostBytes)} bytes`;
  return new AppError(
    'body_too_large',
    `The file is larger than this server accepts (${most}). Send it compressed, or in parts.`,
    { param: 'file' },
  );
}

export function callerLeft(): AppError {
  return new AppError('invalid_request', 'The upload ended before the form was complete.');
}

export function tooSlow(): AppError {
  return new AppError(
    'invalid_request',
    'Nothing of the upload came for a minute, so that it was given up. Send it again.',
    { status: 408 },
  );
}

/** What a failed write means to the caller; other failures stay what they are. */
export function storageFailure(error: NodeJS.ErrnoException): Error {
  const { code } = error;
  if (code === undefined || !NO_ROOM.has(code)) return error;
  return new AppError(
    'overloaded',
    'The server has no room for the file at the moment. Try again in a minute.',
    { cause: error, retryAfterS: 60 },
  );
}
