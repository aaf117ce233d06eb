import { randomOf } from '#pictures/seed';
import { type Box, clipped, mark, rectPath } from '#pictures/svg';

/** How many contour lines an altitude has: one every 250 m, two at sea level. */
export const contourCount = (altitudeMetres: number): number => 2 + Math.round(altitudeMetres / 250);

/** The hill that a thing comes from: closed contour lines, the origin gives their form, the altitude their number. */
export const contourMap = (field: Box, origin: string, altitudeMetres: number, ink: string, px = 2.5): string => {
  const random = randomOf(origin);
  const [cx, cy] = [field.x + field.width * (0.3 + 0.4 * random()), field.y + field.height * (0.35 + 0.3 * random())];
  const waves = [1, 2, 3, 5].map((times) => ({
    times,
    phase: random() * 2 * Math.PI,
    size: (0.05 + 0.2 * random()) / Math.sqrt(times),
  }));
  const count = contourCount(altitudeMetres);
  const reach = Math.max(field.width, field.height) * 0.72;
  const rings = Array.from({ length: count }, (_, ring) => {
    const radius = (reach * (ring + 0.7)) / count;
    const points = Array.from({ length: 48 }, (__, step) => {
      const angle = (step / 48) * 2 * Math.PI;
      const bend = waves.reduce(
        (sum, { times, phase, size }) => sum + size * Math.sin(times * angle + phase + ring * 0.12),
        1,
      );
      return `${round(cx + radius * bend * Math.cos(angle))} ${round(cy + radius * bend * 0.72 * Math.sin(angle))}`;
    });
    return `M${points.join('L')}Z`;
  });
  return clipped(rectPath(field), mark(rings.join(''), ink, px));
};

/** The river that passes an origin: long lines over the whole width, that bend the same way side by side. */
export const flowLines = (field: Box, origin: string, count: number, ink: string, px = 3): string => {
  const random = randomOf(`${origin} river`);
  const waves = [1, 2, 3].map((times) => ({
    times,
    phase: random() * 2 * Math.PI,
    size: (14 + 26 * random()) / times,
  }));
  const lean = (random() - 0.5) * 90;
  const lines = Array.from({ length: count }, (_, index) => {
    const y = field.y + ((index + 0.5) * field.height) / count;
    const points = Array.from({ length: 25 }, (__, step) => {
      const part = step / 24;
      const bend = waves.reduce(
        (sum, { times, phase, size }) => sum + size * Math.sin(times * part * 2 * Math.PI + phase + index * 0.16),
        0,
      );
      return `${round(field.x + part * field.width)} ${round(y + bend + lean * (part - 0.5))}`;
    });
    return `M${points.join('L')}`;
  });
  return clipped(rectPath(field), mark(lines.join(''), ink, px));
};

const round = (value: number): number => Math.round(value * 10) / 10;
