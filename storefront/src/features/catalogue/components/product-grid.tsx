import type { Product } from '@penstock/domain/product';
import { Link } from 'react-router';
import { humanise } from '#lib/text/format.ts';
import { Picture } from '#ui/picture.tsx';
import { Price } from '#ui/price.tsx';
import { StockText } from '#ui/stock-text.tsx';

/** Pictures above the fold on most screens: these are not loaded lazily. */
const eagerPictures = 4;

export const ProductGrid = ({ products }: { readonly products: readonly Product[] }) => (
  <ul className="grid">
    {products.map((product, index) => (
      <li key={product.id}>
        <Link to={`/products/${product.id}`} className="card" data-category={product.category}>
          <Picture
            image={product.images[0]}
            sizes="(min-width: 72rem) 18rem, (min-width: 40rem) 30vw, 46vw"
            isFirst={index < eagerPictures}
          />
          <span className="card-category">{humanise(product.category)}</span>
          <span className="card-name">{product.name}</span>
          <span className="card-foot">
            <Price money={product.price} />
            <StockText stock={product.stock} />
          </span>
        </Link>
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
