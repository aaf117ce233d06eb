type StartFaultProps = { readonly title: string; readonly text: string };

/** The one thing on the page when the office cannot open: nothing beside it pretends to work. */
export const StartFault = ({ title, text }: StartFaultProps) => (
  <main role="alert" style={{ padding: 24, maxWidth: '40rem' }}>
    <h1>{title}</h1>
    <p>{text}</p>
    <button type="button" onClick={() => location.reload()}>
      Try again
    </button>
  </main>
);
