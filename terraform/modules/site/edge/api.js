// Viewer request of /api/*: proves the distribution to the API and tells it who asks. Whatever the client sent of these is gone.
// The secret comes from the key value store, where put-secrets writes it: it is in no state, plan or code.
import cf from 'cloudfront';

var store = cf.kvs('${store_id}');

async function handler(event) {
  var request = event.request;
  request.headers['x-origin-secret'] = { value: await store.get('origin-secret') };
  request.headers['x-viewer-ip'] = { value: event.viewer.ip };
  return request;
}
