// Viewer request of /images/*; network.js stands before it. Only what was checked and copied to public/ is ever served.
function handler(event) {
  var request = event.request;
  var refusal = refusalOf(event);
  if (refusal) return refusal;
  request.uri = request.uri.replace(/^\/images\//, '/public/');
  return request;
}
