import type { Frame } from '@penstock/domain/frames';
import type { Operations } from '@penstock/domain/operations';

export const operationsTopic = 'staff/operations';

/** The meters that a frame brings; any other frame, or what is none, brings nothing. */
export const metersOf = (text: string): Operations | undefined => {
  try {
    const frame = JSON.parse(text) as Frame | null;
    return frame?.type === 'change' && frame.topic === operationsTopic ? (frame.data as Operations) : undefined;
  } catch {
    return undefined;
  }
};
