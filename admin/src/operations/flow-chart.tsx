import { type Line, labelHeights, pointsOf, scaleEnd } from '#operations/flow.ts';
import { numberText } from '#operations/words.ts';
import './flow-chart.css';

type FlowChartProps = {
  readonly title: string;
  /** The first in the colour of water, the second in that of what needs you. */
  readonly lines: readonly [Line, Line];
};

/** Two lines over the last two minutes, each named and numbered at its end; words say the same as the drawing. */
export const FlowChart = ({ title, lines }: FlowChartProps) => {
  const end = scaleEnd(lines);
  const [water, trouble] = lines;
  const last = [water.values.at(-1) ?? 0, trouble.values.at(-1) ?? 0] as const;
  const heights = labelHeights(last, end);
  return (
    <figure className="flow">
      <figcaption>{title}</figcaption>
      <span className="flow-scale" aria-hidden="true">
        <span>{numberText(end)}</span>
        <span>0</span>
      </span>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {lines.map(({ label, values }) => (
          <polyline key={label} points={pointsOf(values, end)} />
        ))}
      </svg>
      <span className="flow-labels">
        {lines.map(({ label }, index) => (
          <span key={label} style={{ insetBlockEnd: `${(heights[index] ?? 0) * 100}%` }}>
            {label} <strong>{numberText(last[index])}</strong>
          </span>
        ))}
      </span>
    </figure>
  );
};
