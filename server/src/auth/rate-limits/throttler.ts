import { createRequire } from 'node:module';
// What the package requires has to be there before it is.
import '@nestjs/common';
import '@nestjs/core';
import type * as Throttler from '@nestjs/throttler';

/**
 * `@nestjs/throttler` is CommonJS and requires packages that are ES modules. Where it is imported,
 * the test runner loads it while those are still being linked, and refuses; here they are ready.
 */
const throttler = createRequire(import.meta.url)('@nestjs/throttler') as typeof Throttler;

export const { ThrottlerModule, ThrottlerStorage, normalizeIp } = throttler;
