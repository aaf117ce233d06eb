import polyglotI18nProvider from 'ra-i18n-polyglot';
import english from 'ra-language-english';

/** Our own sentences where the library has general ones: staff know products and orders, no "elements". */
const messages = {
  ...english,
  products: { archived: 'Archived', restored: 'Back on sale' },
  resources: {
    products: { notifications: { created: 'Made. The lists show it in a moment.', updated: 'Saved' } },
  },
  ra: {
    ...english.ra,
    notification: {
      ...english.ra.notification,
      created: 'Made',
      updated: 'Saved',
      deleted: 'Done',
      bad_item: 'This record cannot be used.',
      item_doesnt_exist: 'There is no such record: not yet, or not any more.',
      http_error: 'No answer came from the server.',
      data_provider_error: 'The answer of the server could not be used.',
      offline: 'The line is away. This is read as soon as it is back.',
    },
    message: {
      ...english.ra.message,
      placeholder_data_warning: 'The line is away: this is how it was when it was read last.',
      invalid_form: 'Nothing was saved: something in the form has to be mended first.',
      unsaved_changes: 'What you typed is not saved. Leave all the same, and lose it?',
      error: 'This page has a fault, and what you did last was not done. Try again.',
    },
  },
};

export const i18nProvider = polyglotI18nProvider(() => messages, 'en', [{ locale: 'en', name: 'English' }], {
  allowMissing: true,
});
