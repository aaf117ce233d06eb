import { useServices } from '#lib/services.ts';
import { useToast } from '#ui/toasts.tsx';

type Props = {
  readonly begunId: string;
  /** It never left this device. Otherwise the shop may have it already, and nobody may say that it is taken back (A5). */
  readonly isCertain: boolean;
};

/** Takes an order back that was never sent; of any other it says why that is not possible. */
export const Withdraw = ({ begunId, isCertain }: Props) => {
  const { orders } = useServices();
  const toast = useToast();
  if (!isCertain)
    return (
      <p className="small">
        It was sent at least once, so the shop may have it already: it cannot be taken back here. Once it is placed it
        can be cancelled.
      </p>
    );
  const withdraw = async (): Promise<void> => {
    const isWithdrawn = await orders.withdraw(begunId);
    toast({
      text: isWithdrawn
        ? 'The order is withdrawn. Nothing was sent; its lines are back in the basket.'
        : 'The order has just been sent and could not be withdrawn. Once it is placed it can be cancelled.',
    });
    document.getElementById('main')?.focus({ preventScroll: true });
  };
  return (
    <button type="button" className="button" onClick={() => void withdraw()}>
      Withdraw the order
    </button>
  );
};
