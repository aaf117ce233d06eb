import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangeFrame } from '@penstock/domain/frames';
import type { Order } from '@penstock/domain/order';
import { describe, expect, it } from 'vitest';
import { repository } from '#cloud';
import { givenCloud } from '#given-cloud';
import { call, drained, staff } from '#http';
import { makeProduct, marker, newBasket, orderBody, postOrder, settled } from '#shopper';
import { openSocket } from '#socket';
import { until } from '#until';

const cloud = givenCloud();
const change =
  (topic: string) =>
  (frame: { type: string }): frame is ChangeFrame =>
    frame.type === 'change' && (frame as ChangeFrame).topic === topic;

describe('a socket', () => {
  it('[H2] answers a subscription with what was taken and what was refused, and why', async () => {
    const socket = await openSocket(cloud, 'shop');
    const answer = await socket.subscribe('catalogue', 'staff/orders', 'product/x/y', 'product/assam-second-flush');
    expect(answer).toEqual({
      type: 'subscribed',
      topics: ['catalogue', 'product/assam-second-flush'],
      refused: [
        { topic: 'staff/orders', code: 'topic-forbidden' },
        { topic: 'product/x/y', code: 'topic-unknown' },
      ],
    });
    const many = await socket.subscribe(...Array.from({ length: 20 }, (_, index) => `product/tea-number-${index}`));
    expect(many.refused.map((each) => each.code)).toContain('topics-too-many');
    expect(many.topics).toHaveLength(18);
    socket.close();
  });

  it('answers ping, and says what is wrong with other messages without closing', async () => {
    const socket = await openSocket(cloud, 'shop');
    for (const bad of [
      'not json',
      '[]',
      { action: 'dance' },
      { action: 'subscribe' },
      { action: 'subscribe', topics: [] },
      { action: 'subscribe', topics: ['x'.repeat(5000)] },
    ])
      socket.send(bad);
    await until('six problems', () => socket.frames.filter((frame) => frame.type === 'problem').length >= 6);
    for (const frame of socket.frames) if (frame.type === 'problem') expect(Number(frame.status)).toBeLessThan(500);
    socket.send({ action: 'ping' });
    const pong = await socket.next(
      'the pong',
      (frame): frame is typeof frame & { type: 'pong' } => frame.type === 'pong',
    );
    expect(Math.abs(Date.parse((pong as unknown as { at: string }).at) - Date.now())).toBeLessThan(10_000);
    socket.close();
  });

  it('pushes an order through its states, without name or address, revs rising', async () => {
    const product = await makeProduct(cloud, 5);
    const accepted = await postOrder(
      cloud,
      orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 1, priceMinor: 500 }]),
    );
    await settled(cloud, accepted.body);
    const [shop, office] = [await openSocket(cloud, 'shop'), await openSocket(cloud, 'staff')];
    await shop.subscribe(`order/${accepted.body.id}`, `product/${product.id}`);
    await office.subscribe('staff/orders', 'staff/products');
    await staff(cloud, 'PUT', `/orders/${accepted.body.id}`, { status: 'packed' });
    // The frame of its placing may come after the subscription: wait for this one.
    await until('the packed order', () =>
      shop.changes(`order/${accepted.body.id}`).some((each) => (each.data as Order).status === 'packed'),
    );
    await staff(cloud, 'PUT', `/orders/${accepted.body.id}`, { status: 'cancelled' });
    await until('the cancelled order', () =>
      shop.changes(`order/${accepted.body.id}`).some((each) => (each.data as Order).status === 'cancelled'),
    );
    await until('the stock that came back', () =>
      shop
        .changes(`product/${product.id}`)
        .some((each) => (each.data as { stock: { available: number } }).stock.available === 5),
    );
    await until('the staff frame', () => office.changes('staff/orders').some((each) => each.id === accepted.body.id));
    const revs = shop.changes(`order/${accepted.body.id}`).map((each) => each.rev);
    expect(revs).toEqual([...revs].sort((left, right) => left - right));
    for (const secret of [marker.name, marker.email, marker.line1])
      expect(JSON.stringify(shop.frames)).not.toContain(secret);
    shop.close();
    office.close();
  });

  it('pushes a basket to everyone who holds it, equal to its GET', async () => {
    const id = await newBasket(cloud);
    const socket = await openSocket(cloud, 'shop');
    await socket.subscribe(`basket/${id}`);
    await call('PUT', `${cloud.shopApiUrl}/baskets/${id}/lines/green-tea`, { body: { quantity: 2 } });
    const frame = await socket.next('the basket', change(`basket/${id}`));
    expect(frame.data).toEqual((await call('GET', `${cloud.shopApiUrl}/baskets/${id}`)).body);
    socket.close();
  });

  it('pushes the catalogue as id, rev, price and stock of what changed; a removed product is null on its own topic', async () => {
    const product = await makeProduct(cloud, 8);
    const socket = await openSocket(cloud, 'shop');
    await socket.subscribe('catalogue', `product/${product.id}`);
    await postOrder(
      cloud,
      orderBody(await newBasket(cloud), [{ productId: product.id, quantity: 3, priceMinor: 500 }]),
    );
    type Changed = {
      changed: {
        id: string;
        rev: number;
        price: { amountMinor: number };
        stock: { available: number; level: string };
      }[];
    };
    await until('the stock to fall', () =>
      socket
        .changes('catalogue')
        .some((frame) =>
          (frame.data as Changed).changed.some(
            (each) => each.id === product.id && each.stock.available === 5 && each.stock.level === 'low',
          ),
        ),
    );
    const revs = socket.changes('catalogue').map((frame) => frame.rev);
    expect(revs).toEqual([...revs].sort((left, right) => left - right));
    await staff(cloud, 'DELETE', `/products/${product.id}`);
    await until('the tombstone', () => socket.changes(`product/${product.id}`).some((frame) => frame.data === null));
    socket.close();
  });

  it('hears nothing more of a topic that it gave back', async () => {
    const id = await newBasket(cloud);
    const socket = await openSocket(cloud, 'shop');
    await socket.subscribe(`basket/${id}`);
    socket.send({ action: 'unsubscribe', topics: [`basket/${id}`] });
    await until('the answer', () => socket.frames.length > 1);
    await call('PUT', `${cloud.shopApiUrl}/baskets/${id}/lines/green-tea`, { body: { quantity: 2 } });
    await drained(cloud);
    expect(socket.changes(`basket/${id}`)).toEqual([]);
    socket.close();
  });

  it.each(['', 'everyone'])('refuses the audience "%s"', async (audience) => {
    await expect(openSocket(cloud, audience)).rejects.toThrow(/refused 4\d\d/);
  });
});

describe('wscat', () => {
  it('connected as the README says sees frames after a subscribe message', async () => {
    const id = await newBasket(cloud);
    const readme = readFileSync(join(repository, 'README.md'), 'utf8');
    const line = /^npx (wscat .*)$/m.exec(readme)?.[1] ?? '';
    const args = [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '').slice(1);
    const own = args.map((arg) => arg.replace(/^ws:[^?]+/, cloud.socketUrl).replace('catalogue', `basket/${id}`));
    expect(own.join(' ')).toContain(`basket/${id}`);
    const client = spawn(process.execPath, [join(repository, 'node_modules/wscat/bin/wscat'), ...own], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    client.stdout.on('data', (chunk) => {
      output += String(chunk);
    });
    try {
      await until('the answer', () => output.includes('"type":"subscribed"'));
      await call('PUT', `${cloud.shopApiUrl}/baskets/${id}/lines/green-tea`, { body: { quantity: 2 } });
      await until('the frame', () => output.includes('"type":"change"'));
    } finally {
      client.kill();
    }
  });
});
