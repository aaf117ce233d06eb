import { expect, it } from 'vitest';
import { own } from '#own';

const table: Readonly<Record<string, number>> = { tea: 1 };

it.each(['constructor', '__proto__', 'toString', 'mug'])(
  '[T10] a table does not hold %s because every object does',
  (name) => {
    expect(own(table, name)).toBeUndefined();
  },
);

it('[T10] what a table holds is found, also under such a name, and nothing where there is no table', () => {
  expect(own(table, 'tea')).toBe(1);
  expect(own(JSON.parse('{"__proto__":2}'), '__proto__')).toBe(2);
  expect(own(undefined, 'tea')).toBeUndefined();
});
