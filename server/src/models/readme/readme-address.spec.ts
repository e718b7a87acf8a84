import { describe, expect, it } from '@jest/globals';
import { readmeAddress, withoutFrontMatter } from './readme-address.js';

describe('readmeAddress', () => {
  it.each([
    [
      'https://huggingface.co/Qwen/Qwen3-32B',
      'https://huggingface.co/Qwen/Qwen3-32B/raw/main/README.md',
    ],
    ['https://huggingface.co/gpt2/', 'https://huggingface.co/gpt2/raw/main/README.md'],
    [
      'https://github.com/ggml-org/llama.cpp',
      'https://raw.githubusercontent.com/ggml-org/llama.cpp/HEAD/README.md',
    ],
    [
      'http://docs.example.edu/models/qwen.md?raw=1',
      'http://docs.example.edu/models/qwen.md?raw=1',
    ],
    ['https://example.edu/a-page', undefined],
    ['https://huggingface.co/a/b/c', undefined],
    ['file:///etc/passwd.md', undefined],
    ['http://user:word@example.edu/a.md', undefined],
    ['no address', undefined],
  ])('of %s is %s', (page, address) => {
    expect(readmeAddress(page)?.href).toBe(address);
  });
});

describe('withoutFrontMatter', () => {
  it.each([
    ['---\nlicense: mit\n---\n# Title\n', '# Title'],
    ['# Title\n---\ntext', '# Title\n---\ntext'],
    ['\uFEFF---\r\na: b\r\n---\r\nText', 'Text'],
  ])('of %j is %j', (text, rest) => {
    expect(withoutFrontMatter(text)).toBe(rest);
  });
});
