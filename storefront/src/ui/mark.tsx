/** The mark of the house, as brand/marks/mark.svg has it, in the colours of the page: a staff, three ticks, the water. */
export const Mark = () => (
  <svg className="mark" viewBox="9 3 17 26" aria-hidden="true">
    <path d="M9 3h14v2H12v3h6v2h-6v3h11v2H12v14H9z" fill="currentColor" />
    <path className="mark-water" d="M12 18h14v11H12z" />
  </svg>
);
