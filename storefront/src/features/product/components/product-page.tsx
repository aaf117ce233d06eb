import { productIdPattern } from '@penstock/domain/ids';
import type { Product } from '@penstock/domain/product';
import { useEffect, useRef } from 'react';
import { Link, useParams } from 'react-router';
import { useProduct } from '#features/product/api/use-product.ts';
import { AddToBasket, type BasketCalls } from '#features/product/components/add-to-basket.tsx';
import { Facts } from '#features/product/components/facts.tsx';
import { Gallery } from '#features/product/components/gallery.tsx';
import { Related } from '#features/product/components/related.tsx';
import { isNotFound } from '#lib/net/problem.ts';
import { categoryName } from '#lib/products/category-name.ts';
import { factsOf, pricePer100g } from '#lib/products/facts.ts';
import { useAnnounce } from '#ui/announcer.tsx';
import { Fault } from '#ui/fault.tsx';
import { NotFound } from '#ui/not-found.tsx';
import { Offline } from '#ui/offline.tsx';
import { PageHeading } from '#ui/page-heading.tsx';
import { Price } from '#ui/price.tsx';
import { StockText, stockWords } from '#ui/stock-text.tsx';
import './product.css';

type Props = BasketCalls;

/** A product with its pictures, price and stock, live. */
export const ProductPage = (basket: Props) => {
  const { id = '' } = useParams();
  return productIdPattern.test(id) ? <KnownId key={id} id={id} {...basket} /> : <NoSuchProduct />;
};

const KnownId = ({ id, ...basket }: Props & { readonly id: string }) => {
  const { product, isPaused, trouble } = useProduct(id);
  if (isNotFound(trouble?.error)) return <NoSuchProduct />;
  if (product === undefined && trouble !== undefined) return <Fault what="This product" trouble={trouble} />;
  if (product === undefined && isPaused) return <Offline what="This product" />;
  if (product === undefined) return <Skeleton />;
  return (
    <>
      {trouble === undefined ? null : (
        <Fault what="The newest price and stock" trouble={trouble} kept="Shown is what was last known." />
      )}
      <Details product={product} {...basket} />
    </>
  );
};

const Details = ({ product, ...basket }: Props & { readonly product: Product }) => {
  useStockSaid(product);
  const facts = factsOf(product.description);
  const unitPrice = pricePer100g(product.price, facts.weight);
  return (
    <>
      <article className="product">
        <Gallery images={product.images} category={product.category} stock={product.stock} />
        <div className="product-text">
          <p>
            <Link
              to={{ pathname: '/', search: new URLSearchParams({ category: product.category }).toString() }}
              className="product-category"
              data-category={product.category}
            >
              {categoryName(product.category)}
            </Link>
          </p>
          <PageHeading title={product.name}>
            <bdi>{product.name}</bdi>
          </PageHeading>
          <p className="product-offer">
            <Price money={product.price} />
            {unitPrice === undefined ? null : (
              <span className="small">
                <Price money={unitPrice} /> per 100 g
              </span>
            )}
            <StockText stock={product.stock} />
          </p>
          <AddToBasket product={product} {...basket} />
          {facts.story === '' ? null : (
            <p className="story" dir="auto">
              {facts.story}
            </p>
          )}
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
    <p className="visually-hidden">Loading the product…</p>
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
