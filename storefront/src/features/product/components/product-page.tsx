import { productIdPattern } from '@penstock/domain/ids';
import type { Product } from '@penstock/domain/product';
import { useEffect, useRef } from 'react';
import { Link, useParams } from 'react-router';
import { useProduct } from '#features/product/api/use-product.ts';
import { AddToBasket } from '#features/product/components/add-to-basket.tsx';
import { Facts } from '#features/product/components/facts.tsx';
import { Gallery } from '#features/product/components/gallery.tsx';
import { Related } from '#features/product/components/related.tsx';
import { isNotFound } from '#lib/net/problem.ts';
import { categoryName } from '#lib/products/category-name.ts';
import { factsOf, pricePer100g } from '#lib/products/facts.ts';
import { useDelayed } from '#lib/use-delayed.ts';
import { useAnnounce } from '#ui/announcer.tsx';
import { Fault } from '#ui/fault.tsx';
import { NotFound } from '#ui/not-found.tsx';
import { Offline } from '#ui/offline.tsx';
import { PageHeading } from '#ui/page-heading.tsx';
import { Price } from '#ui/price.tsx';
import { StockText, stockWords } from '#ui/stock-text.tsx';
import './product.css';

type Props = { readonly onAdded: (said: string) => void };

/** A product with its pictures, price and stock, live. `onAdded` hears, in words, what is now in the basket. */
export const ProductPage = ({ onAdded }: Props) => {
  const { id = '' } = useParams();
  return productIdPattern.test(id) ? <KnownId key={id} id={id} onAdded={onAdded} /> : <NoSuchProduct />;
};

const KnownId = ({ id, onAdded }: Props & { readonly id: string }) => {
  const { data, error, fetchStatus, isPending, refetch } = useProduct(id);
  const showSkeleton = useDelayed(isPending);
  if (isNotFound(error)) return <NoSuchProduct />;
  if (data !== undefined) return <Details product={data} onAdded={onAdded} />;
  if (error !== null) return <Fault what="This product" error={error} onRetry={() => void refetch()} />;
  if (fetchStatus === 'paused') return <Offline what="This product" />;
  return showSkeleton ? <Skeleton /> : null;
};

const Details = ({ product, onAdded }: Props & { readonly product: Product }) => {
  useStockSaid(product);
  const facts = factsOf(product.description);
  const unitPrice = pricePer100g(product.price, facts.weight);
  return (
    <>
      <article className="product">
        <Gallery images={product.images} category={product.category} stock={product.stock} />
        <div className="product-text">
          <p>
            <Link to={`/?category=${product.category}`} className="product-category" data-category={product.category}>
              {categoryName(product.category)}
            </Link>
          </p>
          <PageHeading title={product.name}>{product.name}</PageHeading>
          {facts.story === '' ? null : <p className="story">{facts.story}</p>}
          <p className="product-offer">
            <Price money={product.price} />
            {unitPrice === undefined ? null : (
              <span className="small">
                <Price money={unitPrice} /> per 100 g
              </span>
            )}
            <StockText stock={product.stock} />
          </p>
          <AddToBasket product={product} onAdded={onAdded} />
          <Facts facts={facts.list} />
        </div>
      </article>
      <Related product={product} />
    </>
  );
};

/** Says a change of the stock that happens while the page is open. */
const useStockSaid = ({ name, stock }: Product): void => {
  const announce = useAnnounce();
  const words = stockWords(stock);
  const last = useRef(words);
  useEffect(() => {
    if (last.current !== words) announce(`${name}: ${words}.`);
    last.current = words;
  }, [announce, name, words]);
};

const NoSuchProduct = () => (
  <NotFound title="Product not found">We do not sell a product under this address, or no longer.</NotFound>
);

const Skeleton = () => (
  <div className="product" aria-busy="true">
    <div className="gallery">
      <span className="picture skeleton" />
    </div>
    <div className="product-text" aria-hidden="true">
      <p className="skeleton">&nbsp;</p>
      <p className="skeleton skeleton-heading">&nbsp;</p>
      <p className="skeleton">&nbsp;</p>
    </div>
  </div>
);
