import { handOnFocus } from '#ui/focus.ts';

/** Takes as many as are left, or nothing when there are none. */
export const TakeWhatIsLeft = ({
  name,
  available,
  onTake,
}: {
  readonly name: string;
  readonly available: number;
  readonly onTake: (quantity: number) => void;
}) => (
  <button
    ref={handOnFocus}
    type="button"
    className="button"
    aria-label={available === 0 ? `Remove ${name}, it is sold out` : `Take ${available} of ${name}`}
    onClick={() => onTake(available)}
  >
    {available === 0 ? 'Remove it' : `Take ${available}`}
  </button>
);
