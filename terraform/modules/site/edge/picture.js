// Viewer request of /images/*: only what was checked and copied to public/ is ever served.
function handler(event) {
  var request = event.request;
  request.uri = request.uri.replace(/^\/images\//, '/public/');
  return request;
}
