import { describe, expect, it } from 'vitest';
import { categoryChoices, categoryLabel } from '#products/category-choices.ts';

describe('the categories to choose from', () => {
  it('are the six of the house', () => {
    expect(categoryChoices().map(({ name }) => name)).toContain('Green tea and oolong');
    expect(categoryChoices('coffee')).toHaveLength(6);
  });

  it('keep what a product has already', () => {
    expect(categoryChoices('test-goods').at(-1)).toEqual({ id: 'test-goods', name: 'test-goods' });
    expect(categoryLabel('test-goods')).toBe('test-goods');
  });
});
