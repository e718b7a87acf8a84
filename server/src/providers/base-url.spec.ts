import { describe, expect, it } from '@jest/globals';
import { readBaseUrl, refusedAddress } from './base-url.js';

describe('readBaseUrl', () => {
  it.each([
    ['https://api.openai.com/v1', 'https://api.openai.com/v1'],
    [' HTTPS://API.openai.com:443/v1// ', 'https://api.openai.com/v1'],
    ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
    ['http://localhost:8000', 'http://localhost:8000'],
    ['http://[::1]:8000/v1', 'http://[::1]:8000/v1'],
    ['http://2130706433/v1', 'http://127.0.0.1/v1'],
    ['https://host/a/../v1', 'https://host/v1'],
  ])('keeps %j as %j', (text, url) => {
    expect(readBaseUrl(text)).toBe(url);
  });

  it.each([
    '',
    'api.openai.com/v1',
    '//host/v1',
    '/v1',
    'ftp://host/v1',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://user@host/v1',
    'http://user:pass@host/v1',
    'http://host/v1?key=secret',
    'http://host/v1#part',
    'http://host/v1?',
    'http://ho st/v1',
    'http://host\\@evil/v1',
    'http://host/\u0000',
    'http://host/\r\nx: y',
    'http://',
    'http://host:99999/v1',
    `http://host/${'x'.repeat(2048)}`,
  ])('refuses %j', (text) => {
    expect(readBaseUrl(text)).toBeNull();
  });
});

describe('refusedAddress', () => {
  it.each([
    ['http://169.254.169.254/v1', true, /never allowed/],
    ['http://[fd00:ec2::254]/v1', true, /never allowed/],
    ['http://[::ffff:a9fe:a9fe]/v1', true, /never allowed/],
    ['http://10.0.0.1/v1', false, /allow_private/],
    ['http://127.0.0.1/v1', false, /allow_private/],
  ])('of %s, private networks allowed: %s', (url, allowsPrivate, reason) => {
    expect(refusedAddress(url, allowsPrivate)).toMatch(reason);
  });

  it.each([
    ['http://10.0.0.1/v1', true],
    ['http://8.8.8.8/v1', false],
    ['http://localhost/v1', false],
  ])('is null for %s, private networks allowed: %s', (url, allowsPrivate) => {
    expect(refusedAddress(url, allowsPrivate)).toBeNull();
  });
});
