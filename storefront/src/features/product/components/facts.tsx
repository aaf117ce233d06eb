import type { Facts as ProductFacts } from '#lib/products/facts.ts';

/** What can be said of a product in a word each, printed like a price list. */
export const Facts = ({ facts }: { readonly facts: ProductFacts['list'] }) =>
  facts.length === 0 ? null : (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={`${name}: ${value}`} className="leader">
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
