import { acceptedOpSchema, basketSchema, setLineSchema } from '@penstock/domain/basket';
import { cataloguePageSchema, catalogueQuerySchema } from '@penstock/domain/catalogue';
import {
  acceptedOrderSchema,
  awaitedOrderSchema,
  mismatchedOrderSchema,
  orderSchema,
  placeOrderSchemaIn,
} from '@penstock/domain/order';
import { productSchema } from '@penstock/domain/product';
import * as z from 'zod';
import type { AnswerDoc, CallDocs } from '#openapi/call-doc';
import {
  basketPath,
  cancelHeaders,
  linePath,
  orderPath,
  placeHeaders,
  productPath,
  receiptHeaders,
} from '#openapi/call-parts';

const healthSchema = z
  .strictObject({
    status: z
      .enum(['ok', 'degraded'])
      .describe('degraded: the tables do not answer. The list is served from memory, orders are taken and wait.'),
    version: z.string(),
    ordersPaused: z.boolean().describe('Staff have stopped the orders: POST /orders answers orders-paused.'),
  })
  .meta({ id: 'Health' });

const acceptedOp: AnswerDoc = {
  description: 'Accepted: the write waits in the queue and will be applied. GET the basket, or listen to its topic.',
  schema: acceptedOpSchema,
  headers: ['Location', 'Retry-After'],
};
const bodyProblems = ['malformed-json', 'body-too-large', 'media-type-unsupported', 'validation-failed'] as const;

/** The calls of the shop API (contract, section 2). */
export const shopCalls: CallDocs = {
  'GET /api/health': {
    summary: 'Ask whether the shop answers',
    tag: 'Shop: catalogue',
    answers: { 200: { description: 'It answers.', schema: healthSchema } },
    problems: [],
  },
  'GET /api/products': {
    summary: 'Search the catalogue',
    description: 'Amounts are minor units. `category` may be repeated. The counts of a facet apply the other filters.',
    tag: 'Shop: catalogue',
    query: catalogueQuerySchema,
    answers: { 200: { description: 'One page, with the facets.', schema: cataloguePageSchema } },
    problems: ['parameter-invalid'],
  },
  'GET /api/products/{id}': {
    summary: 'Read a product',
    tag: 'Shop: catalogue',
    path: productPath,
    answers: { 200: { description: 'The product as stored now.', schema: productSchema } },
    problems: ['product-not-found'],
  },
  'POST /api/baskets': {
    summary: 'Begin a basket',
    description: 'Answers an unguessable id. Nothing is written: whoever knows the id may use the basket.',
    tag: 'Shop: baskets',
    answers: { 201: { description: 'An empty basket.', schema: basketSchema, headers: ['Location'] } },
    problems: [],
  },
  'GET /api/baskets/{id}': {
    summary: 'Read a basket',
    description: 'An id of which nothing is stored answers an empty basket with rev 0, never 404.',
    tag: 'Shop: baskets',
    path: basketPath,
    answers: { 200: { description: 'The basket; removed lines have quantity 0.', schema: basketSchema } },
    problems: ['parameter-invalid'],
  },
  'DELETE /api/baskets/{id}': {
    summary: 'Empty a basket',
    tag: 'Shop: baskets',
    path: basketPath,
    answers: { 202: acceptedOp },
    problems: ['parameter-invalid', 'backlog-too-deep', 'queue-unavailable'],
  },
  'PUT /api/baskets/{id}/lines/{productId}': {
    summary: 'Set the quantity of a line',
    description: 'Absolute: sending the same again changes nothing. The higher stamp wins, whatever arrives first.',
    tag: 'Shop: baskets',
    path: linePath,
    body: setLineSchema,
    rules: [{ at: '/stamp/wallMs', rule: 'A stamp is at most 10 s ahead of the server and at most 14 days old.' }],
    answers: { 202: acceptedOp },
    problems: [...bodyProblems, 'parameter-invalid', 'stamp-out-of-range', 'backlog-too-deep', 'queue-unavailable'],
  },
  'DELETE /api/baskets/{id}/lines/{productId}': {
    summary: 'Remove a line',
    tag: 'Shop: baskets',
    path: linePath,
    answers: { 202: acceptedOp },
    problems: ['parameter-invalid', 'backlog-too-deep', 'queue-unavailable'],
  },
  'POST /api/orders': {
    summary: 'Order',
    description:
      'Until a 202, a 4xx about this body, or GET says otherwise, nothing is known: send the same body and key again ' +
      'after any 429, 502, 503, 504 or time-out. The same basket and key are always the same order.',
    tag: 'Shop: orders',
    headers: placeHeaders,
    body: placeOrderSchemaIn,
    rules: [
      { at: '/lines/*/stamp/wallMs', rule: 'A stamp is at most 10 s ahead of the server and at most 14 days old.' },
      {
        at: '/lines/*/productId',
        rule: 'A product that stands twice has one price and one stamp, and at most 99 units together.',
      },
    ],
    answers: {
      202: {
        description: 'Accepted, with a receipt. Whether it is placed is decided from the queue: GET it.',
        schema: acceptedOrderSchema,
        headers: ['Location', 'Retry-After'],
      },
    },
    problems: [
      ...bodyProblems,
      'stamp-out-of-range',
      'idempotency-key-missing',
      'idempotency-key-invalid',
      'backlog-too-deep',
      'orders-paused',
      'queue-unavailable',
    ],
  },
  'GET /api/orders/{id}': {
    summary: 'Read an order',
    description:
      'Stored: the order, with contact and address when the receipt is its own. Not stored yet: what the receipt proves, ' +
      'with Retry-After. The receipt of another body reads `payload-mismatch`.',
    tag: 'Shop: orders',
    path: orderPath,
    headers: receiptHeaders,
    answers: {
      200: {
        description: 'The order, or what the receipt proves of it.',
        schema: z.union([orderSchema, awaitedOrderSchema, mismatchedOrderSchema]),
        headers: ['Retry-After'],
      },
    },
    problems: ['parameter-invalid', 'order-not-found'],
  },
  'POST /api/orders/{id}/cancellation': {
    summary: 'Cancel an order',
    description: 'For the holder of the receipt, while the order is placed.',
    tag: 'Shop: orders',
    path: orderPath,
    headers: cancelHeaders,
    answers: {
      202: {
        description: 'Accepted: the order as it is now. GET tells when it is cancelled, or why not.',
        schema: orderSchema,
        headers: ['Location', 'Retry-After'],
      },
    },
    problems: [
      'parameter-invalid',
      'idempotency-key-invalid',
      'order-not-found',
      'illegal-transition',
      'queue-unavailable',
    ],
  },
};
