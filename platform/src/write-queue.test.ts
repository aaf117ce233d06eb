import { describe, expect, it } from 'vitest';
import { messageText } from '#write-queue';

describe('the text of a message', () => {
  it('holds only characters that SQS takes, and reads back as it was', () => {
    const body = { name: 'A\uFFFE\uFFFF\uD800\u0000 tea \u{1F375}' };
    const text = messageText(body);
    expect(text).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
    expect(JSON.parse(text)).toEqual(body);
  });
});
