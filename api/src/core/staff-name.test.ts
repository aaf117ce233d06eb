import { describe, expect, it } from 'vitest';
import { readStaffName } from '#core/staff-name';

const latin1OfUtf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('the name of a staff write', () => {
  it.each([
    ['Ada', 'Ada'],
    [encodeURIComponent('緑 😀'), '緑 😀'],
    [`UTF-8''${encodeURIComponent('Søren')}`, 'Søren'],
    [`utf-8'en'${encodeURIComponent('شاي')}`, 'شاي'],
    [latin1OfUtf8('Žofie 🍵'), 'Žofie 🍵'],
    ['Ren\xe9', 'René'],
    ['50% Bob', '50% Bob'],
    ["O'Neill", "O'Neill"],
  ])('[T9] %j is %s', (header, name) => {
    expect(readStaffName(header)).toBe(name);
  });
});
