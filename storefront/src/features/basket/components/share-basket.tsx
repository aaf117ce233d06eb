import { useBasket } from '#lib/basket/use-basket.ts';
import { copyText } from '#lib/text/copy-text.ts';
import { useToast } from '#ui/toasts.tsx';

/** A link with which another device takes the same basket. */
export const ShareBasket = () => {
  const { id, lines } = useBasket();
  const toast = useToast();
  if (id === undefined || lines.length === 0) return null;
  const link = `${location.origin}/basket#basket=${id}`;
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(link);
    toast({
      text: isCopied
        ? 'Link copied. Whoever has it can see and change this basket.'
        : 'The link could not be copied. It is shown on the page.',
    });
  };
  return (
    <details className="share">
      <summary>Continue on another device</summary>
      <p>Open this link there. Whoever has it can see and change this basket.</p>
      <p>
        <code className="link-text">{link}</code>
      </p>
      <button type="button" className="button" onClick={() => void copy()}>
        Copy link
      </button>
    </details>
  );
};
