import { gaugeAttributes, gaugeMarkAttributes, staffEnd } from '@penstock/brand/gauge.ts';
import type { TableMeters } from '@penstock/domain/operations';
import { useState } from 'react';
import { useLever } from '#operations/use-lever.ts';
import { numberText, shareText } from '#operations/words.ts';

type SluiceProps = {
  readonly table: TableMeters & { readonly writePerSecond: number };
  readonly canMove: boolean;
};

/** A table has one unit a second at least. */
const leastCapacity = 1;

/** One table: the water is what is used, the gate across the staff is its capacity. Dragged or moved by the arrow keys. */
export const Sluice = ({ table, canMove }: SluiceProps) => {
  const { name, writePerSecond, consumedPerSecond } = table;
  const [wanted, setWanted] = useState<number>();
  const { pull, isPending } = useLever();
  // The gate has room above it; while it is dragged the staff stays as it is.
  const end = staffEnd(writePerSecond * 1.5);
  const shown = wanted ?? writePerSecond;
  const release = async () => {
    if (wanted !== undefined && wanted !== writePerSecond)
      await pull('capacity', { table: name, writePerSecond: wanted }, `${name}: ${wanted} WCU/s.`);
    setWanted(undefined);
  };
  return (
    <div className="sluice">
      <strong>{name}</strong>
      <div className="sluice-channel">
        <span {...gaugeAttributes({ level: consumedPerSecond / end, isLow: consumedPerSecond > 0.9 * writePerSecond })}>
          {[0, 0.5, 1].map((at) => (
            <span key={at} {...gaugeMarkAttributes(at)}>
              {numberText(at * end)}
            </span>
          ))}
        </span>
        <input
          type="range"
          // The staff begins at 0, so the gate must too, or it stands too low: the less capacity, the more.
          min={0}
          max={end}
          value={shown}
          disabled={!canMove || isPending}
          aria-label={`Sluice of ${name}`}
          aria-valuetext={`${shown} WCU/s`}
          onChange={({ target }) => setWanted(Math.max(leastCapacity, target.valueAsNumber))}
          onPointerUp={() => void release()}
          onPointerCancel={() => setWanted(undefined)}
          onKeyDown={({ key }) => {
            if (key === 'Enter') void release();
            if (key === 'Escape') setWanted(undefined);
          }}
          onBlur={() => void release()}
        />
      </div>
      <output>
        {wanted === undefined || wanted === writePerSecond
          ? `${numberText(shown)} WCU/s\n${shareText(consumedPerSecond, shown)} used`
          : `Set ${numberText(wanted)} WCU/s: let go, or press Enter`}
      </output>
    </div>
  );
};
