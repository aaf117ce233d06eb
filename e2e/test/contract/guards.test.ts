import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { givenCloud } from '#given-cloud';
import { call, staff } from '#http';
import { openSocket } from '#socket';

const cloud = givenCloud();

/** One call from another loopback address: to the cloud it is a foreign network. */
const fromElsewhere = (
  method: string,
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, localAddress: '127.0.0.2' }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += String(chunk);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });

describe('a foreign network', () => {
  it.each(['/products', '/orders', '/baskets', '/products/assam-second-flush'])('reads nothing at %s', async (path) => {
    const answer = await fromElsewhere('GET', `${cloud.adminApiUrl}${path}`);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('network-not-allowed');
  });

  it('is not believed when it claims another address', async () => {
    const spoofed = { 'x-forwarded-for': '127.0.0.1', 'x-viewer-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' };
    expect((await fromElsewhere('GET', `${cloud.adminApiUrl}/orders`, spoofed)).status).toBe(403);
  });

  it('gets no staff socket, but the shop is open to it', async () => {
    await expect(openSocket(cloud, 'staff', { localAddress: '127.0.0.2' })).rejects.toThrow('refused 403');
    const shop = await openSocket(cloud, 'shop', { localAddress: '127.0.0.2' });
    shop.close();
    expect((await fromElsewhere('GET', `${cloud.shopApiUrl}/products`)).status).toBe(200);
  });
});

describe('a page of another origin', () => {
  const origin = 'https://evil.example';

  it.each([
    ['POST', '/products'],
    ['PUT', '/orders/01hv3k9zq7c2x5t8w4n6m0p1rs'],
    ['DELETE', '/products/assam-second-flush'],
    ['POST', '/uploads'],
  ])('cannot %s %s', async (method, path) => {
    const answer = await staff(cloud, method, path, method === 'DELETE' ? undefined : {}, { origin });
    expect([answer.status, answer.body.code]).toEqual([403, 'origin-not-allowed']);
  });

  it('is not told that it may read the answers', async () => {
    const answer = await call('GET', `${cloud.adminApiUrl}/products`, { headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).not.toBe(origin);
    expect(answer.headers.get('access-control-allow-origin')).not.toBe('*');
  });

  it('gets no socket of either audience', async () => {
    await expect(openSocket(cloud, 'staff', { origin })).rejects.toThrow('refused 403');
    await expect(openSocket(cloud, 'shop', { origin })).rejects.toThrow('refused 403');
  });

  it('is refused at the control address, and so is a call without its header', async () => {
    expect(
      (await call('GET', `${cloud.controlUrl}/meters`, { headers: { origin, 'x-penstock-control': '1' } })).status,
    ).toBe(403);
    expect((await call('GET', `${cloud.controlUrl}/meters`)).status).toBeGreaterThanOrEqual(400);
  });
});

describe('the back office', () => {
  it('is answered with the headers that its browser needs', async () => {
    const origin = new URL(cloud.adminUrl).origin;
    const answer = await call('GET', `${cloud.adminApiUrl}/products`, { headers: { origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-expose-headers')?.toLowerCase()).toContain('x-total-count');
    const preflight = await fetch(`${cloud.adminApiUrl}/products/x`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type,idempotency-key,x-staff-name',
      },
    });
    expect(preflight.status).toBeLessThan(300);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('x-staff-name');
  });

  it('needs a name and JSON for every write', async () => {
    const nameless = await call('POST', `${cloud.adminApiUrl}/products`, { body: {} });
    expect([nameless.status, nameless.body.code]).toEqual([400, 'staff-name-missing']);
    const plain = await call('POST', `${cloud.adminApiUrl}/products`, {
      raw: '{}',
      headers: { 'content-type': 'text/plain', 'x-staff-name': 'Sam' },
    });
    expect([plain.status, plain.body.code]).toEqual([415, 'media-type-unsupported']);
  });
});

describe('a function', () => {
  it('may not call what it was not granted, whoever asks', async () => {
    const answer = await fetch(cloud.aws.dynamodb, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.DeleteItem',
        authorization: `AWS4-HMAC-SHA256 Credential=place-orders/20261123/${cloud.aws.region}/dynamodb/aws4_request, SignedHeaders=host, Signature=00`,
      },
      body: JSON.stringify({ TableName: 'orders', Key: { id: { S: 'x' } } }),
    });
    expect(await answer.text()).toContain('AccessDeniedException');
  });

  it('that does not exist may do nothing', async () => {
    const answer = await fetch(cloud.aws.dynamodb, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.GetItem',
        authorization: `AWS4-HMAC-SHA256 Credential=stranger/20261123/${cloud.aws.region}/dynamodb/aws4_request, SignedHeaders=host, Signature=00`,
      },
      body: JSON.stringify({ TableName: 'orders', Key: { id: { S: 'x' } } }),
    });
    expect(await answer.text()).toContain('AccessDeniedException');
  });
});
