// Viewer request of a site's pages; network.js stands before it.
function handler(event) {
  var request = event.request;
  var refusal = refusalOf(event);
  if (refusal) return refusal;
  if (request.uri === '/developers')
    return { statusCode: 301, statusDescription: 'Moved Permanently', headers: { location: { value: '/developers/' } } };
  if (request.uri === '/developers/') request.uri = '/developers/index.html';
  // A page has no dot in its last part; a missing asset stays a 404 and never becomes a page.
  else if (request.uri.slice(request.uri.lastIndexOf('/')).indexOf('.') === -1) request.uri = '/index.html';
  return request;
}
