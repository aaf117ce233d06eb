import type { StaffProduct } from '@penstock/domain/product';
import { timeText } from '#times.ts';

/** "Saved by Zoë at 23 Nov 2026, 13:05:11." Rows from before the first such edit do not know who. */
export const lastEditText = ({ editedAt, editedBy }: StaffProduct): string => {
  if (editedAt === undefined) return '';
  return `Saved${editedBy === undefined ? '' : ` by ${editedBy}`} at ${timeText(editedAt)}.`;
};
