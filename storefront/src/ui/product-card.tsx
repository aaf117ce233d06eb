import type { Product } from '@penstock/domain/product';
import { Link } from 'react-router';
import { categoryName } from '#lib/products/category-name.ts';
import { factsOf } from '#lib/products/facts.ts';
import { Picture } from '#ui/picture.tsx';
import { Price } from '#ui/price.tsx';
import { StockText } from '#ui/stock-text.tsx';
import './product-card.css';

type Props = {
  readonly product: Product;
  readonly isFirst?: boolean;
  /** Twice as high, with its name and first sentence large on the ground. */
  readonly isTall?: boolean;
};

/** A product in a list, standing on the ground of its category: picture, name, and on one line price and stock. */
export const ProductCard = ({ product, isFirst = false, isTall = false }: Props) => {
  const { story, weight } = factsOf(product.description);
  return (
    <Link
      to={`/products/${product.id}`}
      className={isTall ? 'card card-tall' : 'card'}
      data-category={product.category}
    >
      <Picture
        image={product.images[0]}
        sizes="(min-width: 72rem) 18rem, (min-width: 40rem) 30vw, 46vw"
        isFirst={isFirst}
      />
      <span className="card-what">
        <span className="card-category">
          {categoryName(product.category)}
          {weight === undefined ? null : `, ${weight}`}
        </span>
        <span className="card-name">
          <bdi>{product.name}</bdi>
        </span>
        {isTall ? (
          <span className="card-story" dir="auto">
            {firstSentence(story)}
          </span>
        ) : null}
      </span>
      <span className="card-foot">
        <Price money={product.price} />
        <StockText stock={product.stock} />
      </span>
    </Link>
  );
};

const firstSentence = (story: string): string => /^.+?\.(?= |$)/.exec(story)?.[0] ?? '';
