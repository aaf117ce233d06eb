/** Whether somebody is typing or choosing at the moment: nothing may take the focus away then. */
export const hasEditableFocus = (): boolean => document.activeElement?.matches('input, select, textarea') ?? false;

/**
 * A ref for what may go away while it holds the focus, such as the button of a notice: the focus is handed on to the page's
 * main part and not lost to the body, where a keyboard would start again at the top.
 */
export const handOnFocus = (gone: HTMLElement | null) => () => {
  if (gone?.contains(document.activeElement)) document.getElementById('main')?.focus({ preventScroll: true });
};

/** The header's link to the basket: where the focus goes when what opened the basket is gone. */
export const basketLinkId = 'basket-link';
