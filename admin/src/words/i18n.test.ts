import { expect, it } from 'vitest';
import { i18nProvider } from '#words/i18n.ts';

it.each([
  ['resources.products.notifications.updated', 'Saved'],
  ['products.archived', 'Archived'],
  // An order that is accepted and still waits has an address already.
  ['ra.notification.item_doesnt_exist', 'There is no such record: not yet, or not any more.'],
])('says %s in our words, whatever the library would say', (key, words) => {
  expect(i18nProvider.translate(key, { smart_count: 1, _: 'Element deleted' })).toBe(words);
});

it('names no elements to staff in what it says of an act', () => {
  for (const act of ['created', 'updated', 'deleted', 'bad_item', 'item_doesnt_exist'])
    expect(i18nProvider.translate(`ra.notification.${act}`, { smart_count: 1 })).not.toMatch(/element/i);
});
