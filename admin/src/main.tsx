import '@penstock/brand/fonts.css';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '#app.tsx';
import { loadConfig } from '#config.ts';
import { networkRefusal } from '#frame/staff-network.ts';
import { StartFault } from '#frame/start-fault.tsx';

const root = createRoot(document.getElementById('root') ?? document.body.appendChild(document.createElement('div')));

const refusals = {
  'not-in-network': (
    <StartFault
      title="Not in a staff network"
      text="The back office opens from the networks of the staff alone, and this address is in none of them. Connect to one, then try again."
    />
  ),
  'no-answer': (
    <StartFault
      title="The back office does not answer"
      text="Either this address is not in a staff network, or the line is down. Connect to a staff network, then try again."
    />
  ),
} as const;

const firstPage = async (): Promise<ReactNode> => {
  const config = await loadConfig();
  const refusal = await networkRefusal(config.apiUrl);
  return refusal === undefined ? <App config={config} /> : refusals[refusal];
};

firstPage().then(
  (page) => root.render(<StrictMode>{page}</StrictMode>),
  (fault: unknown) =>
    root.render(
      <StartFault title="The back office cannot start" text={fault instanceof Error ? fault.message : String(fault)} />,
    ),
);
