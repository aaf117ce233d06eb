import type { StaffOrder } from '@penstock/domain/order';
import { cleanup, configure, render } from '@testing-library/react';
import { createContext, type ReactNode, useContext } from 'react';
import { Admin, type DataProvider, memoryStore, Resource, type ResourceProps, TestMemoryRouter } from 'react-admin';
import { afterEach } from 'vitest';
import type { Config } from '#config.ts';
import { ConfigContext } from '#config-context.ts';
import { PageHeading } from '#frame/page-heading.tsx';
import { i18nProvider } from '#words/i18n.ts';

afterEach(cleanup);
// A page may load its chunk first, on a machine that has other work.
configure({ asyncUtilTimeout: 10_000 });

const config: Config = { apiUrl: 'http://api', socketUrl: 'ws://socket', shopUrl: '/', currency: 'GBP' };

type Office = {
  readonly resources: readonly ResourceProps[];
  readonly data: Partial<DataProvider>;
  readonly at: string;
  /** What stands beside the pages. */
  readonly beside?: ReactNode;
};

const Beside = createContext<ReactNode>(null);

/** The frame of a page without the bar and its socket. */
const Frame = ({ children }: { readonly children?: ReactNode }) => (
  <>
    {useContext(Beside)}
    <main id="main-content">
      <PageHeading />
      {children}
    </main>
  </>
);

export const renderOffice = ({ resources, data, at, beside }: Office) =>
  render(
    <TestMemoryRouter initialEntries={[at]}>
      <ConfigContext value={config}>
        <Beside value={beside}>
          <Admin
            dataProvider={data as DataProvider}
            i18nProvider={i18nProvider}
            layout={Frame}
            store={memoryStore()}
            disableTelemetry
          >
            {resources.map((resource) => (
              <Resource key={resource.name} {...resource} />
            ))}
          </Admin>
        </Beside>
      </ConfigContext>
    </TestMemoryRouter>,
  );

export const someOrder = (overrides: Partial<StaffOrder> = {}): StaffOrder => ({
  id: '01hv3k9zq7c2x5t8w4n6m0p1rs',
  number: '01HV3-K9ZQ7',
  rev: 1,
  status: 'placed',
  lines: [
    {
      productId: 'assam',
      name: 'Assam',
      quantity: 2,
      unitPrice: { amountMinor: 1250, currency: 'GBP' },
    },
  ],
  total: { amountMinor: 2500, currency: 'GBP' },
  timeline: [
    { status: 'accepted', at: '2025-11-23T09:59:59.000Z' },
    { status: 'placed', at: '2025-11-23T10:00:00.000Z' },
  ],
  acceptedAt: '2025-11-23T09:59:59.000Z',
  placedAt: '2025-11-23T10:00:00.000Z',
  moves: ['packed', 'cancelled'],
  ...overrides,
});
