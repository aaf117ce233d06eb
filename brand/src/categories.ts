/** The six categories of the house, in the order of the printed index. */
export const categories = [
  { slug: 'black-tea', label: 'Black tea' },
  { slug: 'green-tea', label: 'Green tea and oolong' },
  { slug: 'herbal', label: 'Herbal and gifts' },
  { slug: 'coffee', label: 'Coffee' },
  { slug: 'brewing', label: 'Brewing gear' },
  { slug: 'tableware', label: 'Cups and ware' },
] as const;
