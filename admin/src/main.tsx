import '@penstock/brand/fonts.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '#app.tsx';
import { loadConfig } from '#config.ts';

const root = createRoot(document.getElementById('root') ?? document.body.appendChild(document.createElement('div')));

loadConfig().then(
  (config) =>
    root.render(
      <StrictMode>
        <App config={config} />
      </StrictMode>,
    ),
  (fault: unknown) =>
    root.render(
      <main role="alert" style={{ padding: 24 }}>
        <h1>The back office cannot start</h1>
        <p>{fault instanceof Error ? fault.message : String(fault)}</p>
        <button type="button" onClick={() => location.reload()}>
          Try again
        </button>
      </main>,
    ),
);
