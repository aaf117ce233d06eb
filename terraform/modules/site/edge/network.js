// Stands before the functions of a site (cloudfront-js-2.0: no imports, 10 KB at most).
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

// What a foreign network is told; undefined for everybody who may enter.
function refusalOf(event) {
  if (networks.length === 0 || isInside(event.viewer.ip)) return undefined;
  return { statusCode: 403, statusDescription: 'Forbidden', headers: { 'cache-control': { value: 'no-store' } } };
}
