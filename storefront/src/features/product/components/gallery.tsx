import type { Image, Product } from '@penstock/domain/product';
import { useState } from 'react';
import { Gauge } from '#ui/gauge.tsx';
import { Picture } from '#ui/picture.tsx';
import { gaugeFullUnits, stockLevel } from '#ui/stock-text.tsx';

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

/** The chosen picture beside the gauge of the stock, and a button for each picture when there are several. */
export const Gallery = ({ images, category, stock }: Props) => {
  const [chosen, setChosen] = useState(0);
  const shown = Math.min(chosen, Math.max(0, images.length - 1));
  return (
    <div className="gallery" data-category={category}>
      <Picture image={images[shown]} sizes="(min-width: 56rem) 32rem, 92vw" isFirst />
      <div className="stock-gauge">
        <Gauge level={stockLevel(stock)} isLow={stock.level === 'low'} marks={marks} />
      </div>
      {images.length < 2 ? null : (
        <div className="thumbnails">
          {images.map((image, index) => (
            <button
              type="button"
              key={image.src}
              aria-label={`Show picture ${index + 1} of ${images.length}`}
              aria-current={index === shown}
              onClick={() => setChosen(index)}
            >
              <img src={image.src} alt="" width={72} height={72} loading="lazy" />
            </button>
          ))}
        </div>
      )}
    </div>
  );
};
