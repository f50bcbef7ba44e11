// Loaded by Node before a client's own code (NODE_OPTIONS): leads its connections for the vendor's hosts to the forward
// proxy of --intercept, and lets the proxy refuse all others that would leave this machine.
//
// Why: before Node 22.21 neither fetch nor http and https look at HTTPS_PROXY. The one place that all of them pass is
// net.Socket.connect. TLS itself is untouched: it still asks for the certificate of the host that the client named.
'use strict';
const net = require('node:net');

const [proxy, ...hosts] = (process.env.PATSNAP_INTERCEPT || '').split(' ');
const there = { host: '127.0.0.1', port: Number(proxy.split(':')[1]) };
const original = net.Socket.prototype.connect;

// Arguments of connect: an object, an array that Node has made of them, a path, or port and host.
function wish(args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (first !== null && typeof first === 'object') return first;
  if (Number.isNaN(Number(first))) return { path: first };
  return { port: first, host: typeof args[1] === 'string' ? args[1] : undefined };
}

function staysHere({ path, host }) {
  return Boolean(path) || !host || host === 'localhost' || /^127\.|^::1$|^::ffff:127\./.test(host);
}

function refuse(socket, name) {
  let answer = '';
  socket.connecting = true; // what is written meanwhile waits, instead of failing for a reason of its own
  original.call(new net.Socket(), there)
    .on('data', (piece) => { answer += piece; })
    .on('error', (error) => { answer += error.message; })
    .on('close', () => {
      const told = answer.slice(answer.indexOf('\r\n\r\n') + 1).trim();
      socket.destroy(Object.assign(new Error(told), { code: 'ECONNREFUSED' }));
    })
    .write(`CONNECT ${name} HTTP/1.1\r\n\r\n`);
  return socket;
}

function connect(...args) {
  const wanted = wish(args);
  if (staysHere(wanted)) return original.apply(this, args);
  const host = wanted.host.toLowerCase().replace(/\.$/, '');
  if (!hosts.includes(host) || Number(wanted.port) !== 443) {
    return refuse(this, `${host.includes(':') ? `[${host}]` : host}:${wanted.port}`);
  }
  const called = (Array.isArray(args[0]) ? args[0] : args).find((one) => typeof one === 'function');
  return original.call(this, { ...wanted, ...there, localAddress: undefined, localPort: undefined }, called);
}

if (hosts.length > 0) net.Socket.prototype.connect = connect;
