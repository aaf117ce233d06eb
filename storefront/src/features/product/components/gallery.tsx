import type { Image, Product } from '@penstock/domain/product';
import { useRef, useState } from 'react';
import { Gauge } from '#ui/gauge.tsx';
import { Picture } from '#ui/picture.tsx';
import { gaugeCaption, gaugeFullUnits, stockLevel } from '#ui/stock-text.tsx';

type Props = {
  readonly images: readonly Image[];
  readonly category: string;
  readonly stock: Product['stock'];
};

/** A numeral at every fifth unit. */
const marks = Array.from({ length: gaugeFullUnits / 5 + 1 }, (_, index) => ({
  at: (index * 5) / gaugeFullUnits,
  label: String(index * 5),
}));

/**
 * The views of a product in a strip that snaps: swiped, scrolled, moved by the arrow keys or by the thumbnails below. The
 * gauge of the stock stands beside it.
 */
export const Gallery = ({ images: given, category, stock }: Props) => {
  const images = [...new Map(given.map((image) => [image.src, image])).values()];
  const [shown, setShown] = useState(0);
  const strip = useRef<HTMLElement>(null);
  const show = (index: number): void => {
    const { current } = strip;
    current?.scrollTo({ left: index * current.clientWidth, behavior: 'auto' });
  };
  return (
    <div className="gallery" data-category={category}>
      <section
        className="views"
        ref={strip}
        aria-label="Pictures"
        tabIndex={images.length > 1 ? 0 : undefined}
        onScroll={({ currentTarget }) =>
          setShown(Math.round(currentTarget.scrollLeft / Math.max(1, currentTarget.clientWidth)))
        }
      >
        {images.length === 0 ? <Picture image={undefined} sizes="" /> : null}
        {images.map((image, index) => (
          <Picture key={image.src} image={image} sizes="(min-width: 56rem) 32rem, 88vw" isFirst={index === 0} />
        ))}
      </section>
      <div className="stock-gauge">
        <Gauge level={stockLevel(stock)} isLow={stock.level === 'low'} marks={marks} />
      </div>
      <span className="gauge-caption" aria-hidden="true">
        {gaugeCaption(stock)}
      </span>
      {images.length < 2 ? null : (
        <ul className="thumbnails">
          {images.map((image, index) => (
            <li key={image.src}>
              <button type="button" aria-current={index === shown} onClick={() => show(index)}>
                <Picture image={image} sizes="(min-width: 56rem) 11rem, 29vw" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
