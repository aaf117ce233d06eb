// Viewer request of a site's pages. Runs at the edge (cloudfront-js-2.0): no imports, 10 KB at most.
// networks: IPv4 blocks [[address as a number, prefix length]] that may enter; empty lets everybody in.
var networks = ${networks};

function numberOf(address) {
  var parts = address.split('.');
  if (parts.length !== 4) return -1;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

function isInside(address) {
  var number = numberOf(address);
  return networks.some((block) => {
    var size = 2 ** (32 - block[1]);
    return number >= 0 && Math.floor(number / size) === Math.floor(block[0] / size);
  });
}

function handler(event) {
  var request = event.request;
  if (networks.length > 0 && !isInside(event.viewer.ip))
    return { statusCode: 403, statusDescription: 'Forbidden', headers: { 'cache-control': { value: 'no-store' } } };
  if (request.uri.indexOf('/developers') === 0 && request.uri.indexOf('.') === -1) request.uri = '/developers/index.html';
  // A page has no dot in its last part; a missing asset stays a 404 and never becomes a page.
  else if (request.uri.slice(request.uri.lastIndexOf('/')).indexOf('.') === -1) request.uri = '/index.html';
  return request;
}
