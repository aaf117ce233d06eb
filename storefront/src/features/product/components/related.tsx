import type { Product } from '@penstock/domain/product';
import { useRelated } from '#features/product/api/use-related.ts';
import { categoryName } from '#lib/products/category-name.ts';
import { ProductCard } from '#ui/product-card.tsx';

/** Other products of the category. Nothing at all until they are there, and when there are none. */
export const Related = ({ product }: { readonly product: Product }) => {
  const related = useRelated(product);
  if (related.length === 0) return null;
  return (
    <section className="related" aria-labelledby="related-heading">
      <h2 id="related-heading">More of {categoryName(product.category).toLowerCase()}</h2>
      <ul className="related-list">
        {related.map((each) => (
          <li key={each.id}>
            <ProductCard product={each} />
          </li>
        ))}
      </ul>
    </section>
  );
};
