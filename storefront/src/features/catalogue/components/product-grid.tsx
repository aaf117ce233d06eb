import type { Product } from '@penstock/domain/product';
import { ProductCard } from '#ui/product-card.tsx';

/** Pictures above the fold on most screens: these are not loaded lazily. */
const eagerPictures = 4;

/**
 * Seven products take eight fields: one of them is tall, first on the left, then on the right. Not where too few follow, as
 * that would leave a hole.
 */
const isTall = (index: number, count: number): boolean =>
  (index % 14 === 0 && count - index > 6) || (index % 14 === 10 && count - index > 3);

export const ProductGrid = ({ products }: { readonly products: readonly Product[] }) => (
  <ul className="grid">
    {products.map((product, index) => (
      <li key={product.id} className={isTall(index, products.length) ? 'tall' : undefined}>
        <ProductCard product={product} isFirst={index < eagerPictures} isTall={isTall(index, products.length)} />
      </li>
    ))}
  </ul>
);

const skeletons = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** The same boxes, empty. */
export const SkeletonGrid = () => (
  <ul className="grid" aria-hidden="true">
    {skeletons.map((key) => (
      <li key={key}>
        <span className="card">
          <span className="picture skeleton" />
          <span className="card-category skeleton">&nbsp;</span>
          <span className="card-name skeleton">&nbsp;</span>
          <span className="card-foot skeleton">&nbsp;</span>
        </span>
      </li>
    ))}
  </ul>
);
