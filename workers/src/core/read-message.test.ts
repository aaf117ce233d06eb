import { basketOpMessageSchema, moveOrderMessageSchema, placeOrderMessageSchema } from '@penstock/domain/messages';
import { describe, expect, it } from 'vitest';
import { readMessage } from '#core/read-message';
import { basketMessage, moveMessage, orderMessage } from '#testing/drain-messages';
import { marker } from '#testing/rows';

const read = (message: object) => readMessage(JSON.stringify(message), placeOrderMessageSchema);

describe('readMessage', () => {
  it('[A6] reads its own release and the next', () => {
    expect(read(orderMessage())).toMatchObject({ kind: 'message' });
    expect(read({ ...orderMessage({ schema: 2 }), addedTomorrow: true })).toMatchObject({ kind: 'message' });
  });

  it('[A6] lets what is newer wait, whatever is in it', () => {
    expect(read({ schema: 3, kind: 'of-tomorrow' })).toEqual({ kind: 'newer', schema: 3 });
  });

  it.each([
    ['no JSON', 'not JSON', 'body: no JSON'],
    ['no object', '7', 'body: invalid_type'],
    ['another kind', JSON.stringify(basketMessage()), 'kind: invalid_value'],
    ['no schema number', JSON.stringify({ ...orderMessage(), schema: undefined }), 'schema: invalid_type'],
    ['no lines', JSON.stringify(orderMessage({ lines: [] })), 'lines: too_small'],
  ])('[G1] names the first fault of a message with %s', (_what, text, detail) => {
    expect(readMessage(text, placeOrderMessageSchema)).toMatchObject({ kind: 'unreadable', detail });
  });

  it('[H6] names no value', () => {
    const broken = { ...orderMessage(), attempt: 2, contact: { name: marker, email: marker.repeat(100) } };
    const reading = read(broken);
    expect(reading).toEqual({
      kind: 'unreadable',
      detail: 'contact.email: too_big',
      attempt: 2,
      correlationId: 'correlation-1',
    });
    expect(JSON.stringify(reading)).not.toContain(marker);
  });

  it('reads ops and moves', () => {
    expect(readMessage(JSON.stringify(basketMessage()), basketOpMessageSchema).kind).toBe('message');
    expect(readMessage(JSON.stringify(moveMessage()), moveOrderMessageSchema).kind).toBe('message');
  });
});
