import {
  completedUploadSchema,
  requestUploadSchema,
  staffBasketSchema,
  uploadTicketSchema,
} from '@penstock/domain/admin';
import {
  activitySchema,
  deadLetterSchema,
  discardSchema,
  letterResultsSchema,
  redriveSchema,
} from '@penstock/domain/dead-letters';
import { moveCapacitySchema, operationsSchema, setSwitchesSchema, switchesSchema } from '@penstock/domain/operations';
import { moveOrderSchema, staffOrderSchema } from '@penstock/domain/order';
import type { ProblemCode } from '@penstock/domain/problems';
import { createProductSchemaIn, editProductSchemaIn, staffProductSchema } from '@penstock/domain/product';
import * as z from 'zod';
import { productListsServed } from '#core/list-products';
import { activityListsServed } from '#flows/admin-activity';
import { basketListsServed } from '#flows/admin-baskets';
import { deadLetterListsServed } from '#flows/admin-dead-letters';
import { orderListsServed } from '#http/order-filter';
import type { CallDocs } from '#openapi/call-doc';
import {
  basketPath,
  listHeaders,
  listQuery,
  orderPath,
  productPath,
  recordQuery,
  staffEditHeaders,
  staffHeaders,
} from '#openapi/call-parts';

const writeProblems: readonly ProblemCode[] = ['origin-not-allowed', 'staff-name-missing', 'admin-read-only'];
const bodyProblems: readonly ProblemCode[] = [
  ...writeProblems,
  'malformed-json',
  'body-too-large',
  'media-type-unsupported',
  'validation-failed',
];
const listProblems: readonly ProblemCode[] = ['parameter-invalid', 'no-such-index'];
const sortText = '["field","ASC"] or ["field","DESC"].';
const listRules = [
  { at: '/filter', rule: 'A filter is a JSON object of the fields that are named, each with a value or values.' },
  { at: '/filter/*', rule: 'Numbers of orders and times of a filter can be read, the earlier one first.' },
  { at: '/range', rule: 'A range has its first row first, and at most 1,000.' },
];
const leverProblems = bodyProblems.filter((code) => code !== 'admin-read-only');
const letterPath = z.object({ id: z.string().meta({ description: 'As GET /dead-letters answered it.' }) });
const uploadPath = z.object({ id: z.string().meta({ description: 'As POST /uploads answered it.' }) });

/** The calls of the admin API, in react-admin's dialect (contract, section 2). */
export const adminCalls: CallDocs = {
  'GET /products': {
    summary: 'List products',
    description: 'Archived ones too. `filter={"id":[…]}` without `range` reads exactly these.',
    tag: 'Back office: products',
    query: listQuery(productListsServed, sortText),
    rules: listRules,
    answers: { 200: { description: 'One page.', schema: z.array(staffProductSchema), headers: listHeaders } },
    problems: listProblems,
  },
  'POST /products': {
    summary: 'Create a product',
    description: 'The opening stock is a stockChange like any other.',
    tag: 'Back office: products',
    headers: staffEditHeaders,
    body: createProductSchemaIn,
    rules: [
      { at: '/stockChange', rule: 'The opening stock is not negative.' },
      { at: '/id', rule: 'No other product has the id.' },
      { at: '/name', rule: 'The name leaves an id to propose.' },
    ],
    answers: { 201: { description: 'The product.', schema: staffProductSchema, headers: ['Location'] } },
    problems: [...bodyProblems, 'idempotency-key-invalid'],
  },
  'GET /products/{id}': {
    summary: 'Read a product',
    tag: 'Back office: products',
    path: productPath,
    query: recordQuery,
    answers: { 200: { description: 'The product.', schema: staffProductSchema } },
    problems: ['product-not-found'],
  },
  'PUT /products/{id}': {
    summary: 'Edit a product',
    description:
      'Merges what is sent. `version` is the one you saw (there is no If-Match); another one answers 409 with `current`. ' +
      'Stock moves by `stockChange` alone; a returned id, stock, rev or time is ignored.',
    tag: 'Back office: products',
    path: productPath,
    headers: staffEditHeaders,
    body: editProductSchemaIn,
    rules: [{ at: '/stockChange', rule: 'The stock does not fall below zero.' }],
    answers: { 200: { description: 'The product after the edit.', schema: staffProductSchema } },
    problems: [...bodyProblems, 'idempotency-key-invalid', 'product-not-found', 'version-conflict'],
  },
  'DELETE /products/{id}': {
    summary: 'Archive a product',
    tag: 'Back office: products',
    path: productPath,
    headers: staffEditHeaders,
    answers: { 200: { description: 'The product, archived.', schema: staffProductSchema } },
    problems: [...writeProblems, 'idempotency-key-invalid', 'product-not-found'],
  },
  'GET /orders': {
    summary: 'List orders',
    tag: 'Back office: orders',
    query: listQuery(orderListsServed, sortText),
    rules: listRules,
    answers: { 200: { description: 'One page.', schema: z.array(staffOrderSchema), headers: listHeaders } },
    problems: listProblems,
  },
  'GET /orders/{id}': {
    summary: 'Read an order',
    tag: 'Back office: orders',
    path: orderPath,
    query: recordQuery,
    answers: { 200: { description: 'The order.', schema: staffOrderSchema } },
    problems: ['order-not-found'],
  },
  'PUT /orders/{id}': {
    summary: 'Move an order',
    description:
      'Packs, ships, delivers or cancels. Of a whole record only status and statusSeen are read. A status that the order has ' +
      'already, or that waits for it already, is a success; while another one waits, 409 names it.',
    tag: 'Back office: orders',
    path: orderPath,
    headers: staffEditHeaders,
    body: moveOrderSchema,
    answers: {
      202: {
        description:
          'Accepted: the order as it is now with `pending`, as every GET shows it until the order has it. Refused later: `refusedMove` says why.',
        schema: staffOrderSchema,
        headers: ['Retry-After'],
      },
    },
    problems: [
      ...bodyProblems,
      'idempotency-key-invalid',
      'order-not-found',
      'illegal-transition',
      'queue-unavailable',
    ],
  },
  'GET /baskets': {
    summary: 'List baskets',
    tag: 'Back office: baskets',
    query: listQuery(basketListsServed, sortText),
    rules: listRules,
    answers: { 200: { description: 'One page.', schema: z.array(staffBasketSchema), headers: listHeaders } },
    problems: listProblems,
  },
  'GET /baskets/{id}': {
    summary: 'Read a basket',
    tag: 'Back office: baskets',
    path: basketPath,
    query: recordQuery,
    answers: { 200: { description: 'The basket.', schema: staffBasketSchema } },
    problems: ['record-not-found'],
  },
  'DELETE /baskets/{id}': {
    summary: 'Empty a basket',
    description:
      'An op like any other: a shopper who changes the basket later wins. While a clear waits, another is the same success.',
    tag: 'Back office: baskets',
    path: basketPath,
    headers: staffHeaders,
    answers: {
      202: {
        description: 'Accepted: the basket as it is until then, with `pending`.',
        schema: staffBasketSchema,
        headers: ['Retry-After'],
      },
    },
    problems: [...writeProblems, 'record-not-found', 'queue-unavailable'],
  },
  'POST /uploads': {
    summary: 'Ask to upload a picture',
    description: 'Post the file to `url` with `fields`, the file last, within two minutes; then complete it.',
    tag: 'Back office: pictures',
    headers: staffHeaders,
    body: requestUploadSchema,
    answers: { 201: { description: 'A signed form for exactly this type and size.', schema: uploadTicketSchema } },
    problems: bodyProblems,
  },
  'POST /uploads/{id}/complete': {
    summary: 'Complete an upload',
    description: 'Looks at the bytes and publishes them. It needs no body and reads none.',
    tag: 'Back office: pictures',
    path: uploadPath,
    headers: staffHeaders,
    rules: [{ at: '/file', rule: 'The bytes are a PNG, JPEG, WebP or AVIF picture of at most 16 megapixels.' }],
    answers: { 200: { description: 'The picture, as `images` take it.', schema: completedUploadSchema } },
    problems: [...writeProblems, 'media-type-unsupported', 'validation-failed', 'record-not-found'],
  },
  'GET /dead-letters': {
    summary: 'List dead letters',
    description:
      'Messages that nobody could apply, the last seen first: open ones, and settled ones for 90 days. An order with an ' +
      'open letter is `held`.',
    tag: 'Back office: dead letters',
    query: listQuery(deadLetterListsServed, sortText),
    rules: listRules,
    answers: { 200: { description: 'One page.', schema: z.array(deadLetterSchema), headers: listHeaders } },
    problems: listProblems,
  },
  'GET /dead-letters/{id}': {
    summary: 'Read a dead letter',
    tag: 'Back office: dead letters',
    path: letterPath,
    query: recordQuery,
    answers: { 200: { description: 'The letter.', schema: deadLetterSchema } },
    problems: ['record-not-found'],
  },
  'POST /dead-letters/redrive': {
    summary: 'Send dead letters again',
    description:
      "Each is sent with its attempt raised by one, and is decided by today's price and stock. Name `ids`, or give " +
      '`"all": true` for every open letter that can be sent. The same again answers `already-settled`. A letter whose ' +
      '`redrive` is not `possible` is refused by its place in `ids`; with `all` it is left alone and not named.',
    tag: 'Back office: dead letters',
    headers: staffHeaders,
    body: redriveSchema,
    rules: [{ at: '/ids/*', rule: 'Every letter that is named can be sent again.' }],
    answers: { 200: { description: 'What became of each.', schema: letterResultsSchema } },
    problems: [...bodyProblems, 'queue-unavailable'],
  },
  'POST /dead-letters/discard': {
    summary: 'Discard dead letters',
    description:
      'Of an order, its row is written as rejected with the reason `discarded`, unless one is stored: then the letter is ' +
      'settled and the answer is `already-settled`. Anything else is only marked.',
    tag: 'Back office: dead letters',
    headers: staffHeaders,
    body: discardSchema,
    answers: { 200: { description: 'What became of each.', schema: letterResultsSchema } },
    problems: bodyProblems,
  },
  'GET /activity': {
    summary: 'List what was done',
    description:
      'Every write of staff: products made, edited, archived and restored, stock edited, orders moved (applied and refused, of ' +
      'shoppers too), baskets cleared, dead letters redriven and discarded, capacity and switches moved; newest first.',
    tag: 'Back office: operations',
    query: listQuery(activityListsServed, sortText),
    rules: listRules,
    answers: { 200: { description: 'One page.', schema: z.array(activitySchema), headers: listHeaders } },
    problems: listProblems,
  },
  'GET /operations': {
    summary: 'Read the meters of the write path',
    description:
      'At most a second old. Rates are over the last few seconds, from the workers that are busy; topic staff/operations ' +
      'sends the same about every two seconds.',
    tag: 'Back office: operations',
    answers: { 200: { description: 'Queues, tables and switches.', schema: operationsSchema } },
    problems: [],
  },
  'PUT /operations/capacity': {
    summary: 'Move the write capacity of a table',
    description: 'Live, by UpdateTable; the indexes of the table follow it. Not in staging and prod.',
    tag: 'Back office: operations',
    headers: staffHeaders,
    body: moveCapacitySchema,
    answers: { 200: { description: 'As it was ordered.', schema: moveCapacitySchema } },
    problems: [...leverProblems, 'lever-not-allowed'],
  },
  'PUT /operations/switches': {
    summary: 'Stop or take orders, close or open the back office',
    description: 'What is left out stays. Works within about two seconds, also while the back office is read-only.',
    tag: 'Back office: operations',
    headers: staffHeaders,
    body: setSwitchesSchema,
    answers: { 200: { description: 'What stands now.', schema: switchesSchema } },
    problems: leverProblems,
  },
};
