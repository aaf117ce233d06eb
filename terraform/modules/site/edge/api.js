// Viewer request of /api/*: proves the distribution to the API and tells it who asks. Whatever the client sent of these is gone.
// The secret comes from the key value store, where put-secrets writes it: it is in no state, plan or code.
import cf from 'cloudfront';

// No argument: the one store that is associated. A name is refused at run time, and provider 5 has the name where the id should be.
var store = cf.kvs();

async function handler(event) {
  var request = event.request;
  request.headers['x-origin-secret'] = { value: await store.get('origin-secret') };
  request.headers['x-viewer-ip'] = { value: event.viewer.ip };
  return request;
}
