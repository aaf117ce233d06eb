import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { BrowserRouter } from 'react-router';
import { compose, makeQueryClient } from '#app/compose.ts';
import { Layout } from '#app/layout.tsx';
import { ServicesProvider } from '#lib/services.ts';
import { Announcer } from '#ui/announcer.tsx';
import { Toasts } from '#ui/toasts.tsx';
import { VisitProvider } from '#ui/visit.tsx';

/** The shop: its collaborators around its pages. */
export const App = () => {
  const [services] = useState(compose);
  const [queryClient] = useState(makeQueryClient);
  return (
    <ServicesProvider value={services}>
      <QueryClientProvider client={queryClient}>
        {/* No transitions: the address, the list and its count change in one step. */}
        <BrowserRouter useTransitions={false}>
          <VisitProvider>
            <Announcer>
              <Toasts>
                <Layout />
              </Toasts>
            </Announcer>
          </VisitProvider>
        </BrowserRouter>
      </QueryClientProvider>
    </ServicesProvider>
  );
};
