import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { answerAgain, type Door } from './answer-again.ts';

let server: Server | undefined;
let door: Door | undefined;
afterEach(() => {
  door?.close();
  server?.close();
});

/** An emulator that numbers the calls it does, and fails those that are told to. */
const givenDoor = async (): Promise<Door> => {
  let calls = 0;
  server = createServer((request, response) => {
    calls += 1;
    const number = calls;
    request.resume();
    request.once('end', () =>
      response.writeHead(request.url === '/fault' ? 500 : 201).end(`${number} ${request.headers.host}`),
    );
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  door = await answerAgain(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return door;
};

const call = async (url: string, id?: string) => {
  const answer = await fetch(url, {
    method: 'POST',
    body: '{}',
    ...(id === undefined ? {} : { headers: { 'amz-sdk-invocation-id': id } }),
  });
  return `${answer.status} ${(await answer.text()).split(' ')[0]}`;
};

describe('the door before the emulator', () => {
  it('does a call and its repeats once, and answers all alike', async () => {
    const { url, repeated } = await givenDoor();
    expect([await call(url, 'a'), await call(url, 'a'), await call(url, 'b')]).toEqual(['201 1', '201 1', '201 2']);
    expect(repeated()).toBe(1);
  });

  it('does every call that has no name, and what failed once more', async () => {
    const { url } = await givenDoor();
    expect([await call(url), await call(url)]).toEqual(['201 1', '201 2']);
    expect([await call(`${url}/fault`, 'c'), await call(`${url}/fault`, 'c')]).toEqual(['500 3', '500 4']);
  });

  it('passes the host on that the caller signed', async () => {
    const { url } = await givenDoor();
    const text = await (await fetch(url)).text();
    expect(text).toBe(`1 ${new URL(url).host}`);
  });
});
