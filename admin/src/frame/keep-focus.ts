import { useEffect } from 'react';
import { focusHeading } from '#frame/page-heading.tsx';

/** The focus never falls out of the page: an act disables its button, or takes it away with its row or dialog. */
export const useKeptFocus = (): void => useEffect(keepFocus, []);

const keepFocus = (): (() => void) => {
  let last: HTMLElement | undefined;
  let wasDisabled = false;

  const focused = ({ target }: FocusEvent): void => {
    last = target instanceof HTMLElement ? target : undefined;
    wasDisabled = false;
  };
  // A press beside everything lets go of the focus on purpose.
  const pressed = (): void => {
    last = undefined;
  };
  const look = (): void => {
    if (last === undefined || document.activeElement !== document.body) return;
    if (!last.isConnected) {
      last = undefined;
      focusHeading();
    } else if (last.matches(':disabled')) wasDisabled = true;
    else if (wasDisabled) last.focus({ preventScroll: true });
  };

  const observer = new MutationObserver(look);
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] });
  document.addEventListener('focusin', focused);
  document.addEventListener('pointerdown', pressed);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', focused);
    document.removeEventListener('pointerdown', pressed);
  };
};
