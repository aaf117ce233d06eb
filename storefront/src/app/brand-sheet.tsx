import { categoryHues, dark, light, typeScale } from '@penstock/brand/tokens.ts';
import { Gauge } from '#ui/gauge.tsx';
import { Mark } from '#ui/mark.tsx';
import { Notice } from '#ui/notice.tsx';
import { PageHeading } from '#ui/page-heading.tsx';
import { QuantityStepper } from '#ui/quantity-stepper.tsx';
import { Slip } from '#ui/slip.tsx';
import { StockText } from '#ui/stock-text.tsx';
import '@penstock/brand/story.css';
import './brand-sheet.css';

const slugs = ['black-tea', 'green-tea', 'herbal', 'coffee', 'brewing', 'tableware'] as const;
const states = ['empty-basket', 'nothing-found', 'sold-out', 'not-found', 'offline', 'refused', 'held'] as const;
/** One product of each category, with its three views, as the local cloud serves them. */
const pictured = [
  'assam-second-flush',
  'sencha-kagoshima',
  'rooibos-cederberg',
  'kenya-nyeri-aa',
  'gooseneck-kettle',
  'matcha-bowl',
] as const;
const views = ['front', 'in-use', 'detail'] as const;
const stocks = [
  { available: 40, level: 'in' },
  { available: 4, level: 'low' },
  { available: 0, level: 'out' },
] as const;

/** Every token and component of the brand on one page, in both rooms. Only the development server serves it. */
export const BrandSheet = () => (
  <div className="brand-sheet">
    <PageHeading title="Brand">Weirhouse, the brand</PageHeading>
    <section>
      <h2>Colours</h2>
      <div className="rooms">
        {(['light', 'dark'] as const).map((room) => (
          <ul key={room} className={`room room-${room}`}>
            {Object.entries(room === 'light' ? light : dark).map(([name, value]) => (
              <li key={name}>
                <span className="chip-colour" style={{ background: `var(--${name})` }} />
                {name} <code>{value.join(' ')}</code>
              </li>
            ))}
          </ul>
        ))}
      </div>
      <ul className="grounds">
        {slugs.map((slug, index) => (
          <li key={slug} data-category={slug}>
            {slug} {categoryHues[index]}
          </li>
        ))}
      </ul>
    </section>
    <section>
      <h2>Type</h2>
      {typeScale.map((px, index) => (
        <p key={px} style={{ font: `600 var(--text-${index + 1}) / 1.2 var(--face-head)` }}>
          {px} px Sencha, £12.50
        </p>
      ))}
      <p>Barlow 400 for what is read, 62 characters a line at most.</p>
      <p className="brand-sheet-story">Literata tells stories: malty and full, picked in June.</p>
    </section>
    <section>
      <h2>Mark, scale and gauge</h2>
      <p className="brand-sheet-mark">
        <Mark /> Weirhouse
      </p>
      <p className="brand-sheet-scale scale" />
      <p className="brand-sheet-row">
        {stocks.map((stock) => (
          <StockText key={stock.level} stock={stock} />
        ))}
      </p>
      <p className="banner banner-busy">
        <Gauge level={0.7} />
        <span>The busy banner: the backlog as a gauge that runs dry.</span>
      </p>
      <p className="brand-sheet-gauges">
        {[0, 0.25, 0.6, 1].map((level) => (
          <Gauge key={level} level={level} marks={[{ at: level, label: String(level) }]} />
        ))}
      </p>
    </section>
    <section>
      <h2>Controls, notices, slip</h2>
      <div className="brand-sheet-row">
        <button type="button" className="button button-main">
          Add to basket
        </button>
        <button type="button" className="button">
          Print
        </button>
        <button type="button" className="button" disabled>
          Sold out
        </button>
        <QuantityStepper name="Sencha" quantity={2} min={1} onChange={() => undefined} />
      </div>
      {(['plain', 'ok', 'signal', 'refused'] as const).map((tone) => (
        <Notice key={tone} tone={tone}>
          A notice, {tone}.
        </Notice>
      ))}
      <Slip title="Basket ticket">
        <p className="basket-sum">
          <span className="basket-count">
            <Gauge level={0.08} /> 2 products
          </span>{' '}
          <strong>£18.40</strong>
        </p>
      </Slip>
    </section>
    <section>
      <h2>Pictures</h2>
      <ul className="brand-sheet-pictures">
        {pictured.map((id) => (
          <li key={id}>
            {views.map((view) => (
              <img key={view} src={`/images/${id}-${view}-640.avif`} alt={`${id}, ${view}`} width={160} height={160} />
            ))}
          </li>
        ))}
      </ul>
    </section>
    <section>
      <h2>States</h2>
      <ul className="brand-sheet-states">
        {states.map((state) => (
          <li key={state}>
            <span className={`drawing drawing-${state}`} aria-hidden="true" />
            {state}
          </li>
        ))}
      </ul>
    </section>
  </div>
);
