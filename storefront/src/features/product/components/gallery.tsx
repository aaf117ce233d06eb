import type { Image } from '@penstock/domain/product';
import { useState } from 'react';
import { Picture } from '#ui/picture.tsx';

type Props = { readonly images: readonly Image[]; readonly category: string };

/** The chosen picture, and a button for each when there are several. */
export const Gallery = ({ images, category }: Props) => {
  const [chosen, setChosen] = useState(0);
  const shown = Math.min(chosen, Math.max(0, images.length - 1));
  return (
    <div className="gallery" data-category={category}>
      <Picture image={images[shown]} sizes="(min-width: 56rem) 32rem, 92vw" isFirst />
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
