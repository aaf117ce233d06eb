/** The shape of a page whose code is on its way. */
export const PageSkeleton = () => (
  <div className="page-skeleton" aria-busy="true">
    <p className="visually-hidden">Loading the page…</p>
    <div aria-hidden="true">
      <p className="skeleton skeleton-title">&nbsp;</p>
      <p className="skeleton">&nbsp;</p>
      <p className="skeleton">&nbsp;</p>
    </div>
  </div>
);
