// A client that goes away: the upstream's connection is closed within 100 ms, before the first token and after it, on
// each surface, streamed and not, and also where TLS proxies stand on either side.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from './harness.mjs';
import { ask, open, surfaces } from './surfaces.mjs';
import { findProgram, makeCertificate, startTlsHop } from './tls_hop.mjs';
import { startUpstream } from './upstream.mjs';

const kLimit = 100; // ms
const provider = (id, url) => `[[providers]]\nid = "${id}"\nformat = "openai"\nbase_url = "${url}/v1"\n`;
let counter = 0;

/** Asks for `kind`, goes away when the upstream has the request (or the first token is here) and returns how long the
 * upstream's connection stood after that. */
async function goneAfter({ server, upstream, via, kind, surface, stream, ca, leave = (request) => request.destroy() }) {
  const model = `${kind}-${++counter}`;
  let sawToken;
  const token = new Promise((resolve) => (sawToken = resolve));
  const request = open(server, {
    path: surfaces[surface].path,
    headers: surfaces[surface].headers,
    ca,
    body: surfaces[surface].body(`${via}/${model}`, 'hello', stream),
    onData: (text) => text.includes('tick') && sawToken(),
    onEnd: () => {},
  });
  const call = await upstream.call(model);
  if (kind === 'tokens' && stream) await token;
  else await sleep(30); // the bytes that the upstream wrote are on their way
  const left = performance.now();
  leave(request);
  const ended = await Promise.race([call.closed, sleep(5000).then(() => Infinity)]);
  return ended - left;
}

const scenes = [];
for (const surface of Object.keys(surfaces)) {
  for (const kind of ['silent', 'headers', 'tokens']) scenes.push({ surface, kind, stream: true });
  for (const kind of ['silent', 'tokens']) scenes.push({ surface, kind, stream: false });
}
const named = ({ surface, kind, stream }) => `${surface} ${stream ? 'streamed' : 'plain'}, upstream ${kind}`;

let upstream, server;
before(async () => {
  upstream = await startUpstream();
  server = await startServer({ config: provider('raw', upstream.url) });
});
after(async () => {
  await server.stop();
  await upstream.stop();
});

describe('a client that closes its connection', () => {
  for (const scene of scenes)
    test(named(scene), async () => {
      const took = await goneAfter({ server: server.url, upstream, via: 'raw', ...scene });
      assert.ok(took < kLimit, `the upstream was closed after ${took} ms`);
    });
});

test('a half-closed connection counts as gone', async () => {
  for (const kind of ['silent', 'tokens']) {
    const took = await goneAfter({ server: server.url, upstream, via: 'raw', kind, surface: 'openai', stream: true,
      leave: (request) => request.socket.end() });
    assert.ok(took < kLimit, `${kind}: the upstream was closed after ${took} ms`);
  }
});

test('a reset counts as gone', async () => {
  const took = await goneAfter({ server: server.url, upstream, via: 'raw', kind: 'silent', surface: 'anthropic', stream: true,
    leave: (request) => request.socket.resetAndDestroy() });
  assert.ok(took < kLimit, `the upstream was closed after ${took} ms`);
});

test('a client that goes before its request is complete asks nobody', async () => {
  const asked = upstream.calls.length;
  const { hostname, port } = new URL(server.url);
  const socket = net.connect(Number(port), hostname);
  await new Promise((resolve) => socket.on('connect', resolve));
  socket.write('POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{"model"');
  await sleep(50);
  socket.destroy();
  await sleep(100);
  assert.equal(upstream.calls.length, asked);
});

test('one of a hundred going away ends one upstream call', async () => {
  const models = Array.from({ length: 100 }, () => `tokens-${++counter}`);
  const requests = models.map((model) => open(server.url, {
    path: surfaces.openai.path, body: surfaces.openai.body(`raw/${model}`, 'hello', true), onEnd: () => {} }));
  const calls = await Promise.all(models.map((model) => upstream.call(model)));
  await sleep(100);
  const ended = new Set();
  calls.forEach((call, index) => call.closed.then(() => ended.add(index)));
  requests[41].destroy();
  await sleep(kLimit * 2);
  assert.deepEqual([...ended], [41]);
  for (const request of requests) request.destroy();
  const left = performance.now();
  const times = await Promise.all(calls.map((call) => call.closed));
  assert.ok(Math.max(...times) - left < 1000, 'all hundred ended');
});

const noNginx = !findProgram('nginx') || !findProgram('openssl') ? 'nginx and openssl are needed' : false;
describe('with TLS proxies', { skip: noNginx }, () => {
  let certificate, before_, behind, secure, wired;
  before(async () => {
    certificate = makeCertificate();
    behind = await startTlsHop(certificate, upstream.url); // server -> TLS -> upstream
    secure = await startServer({ config: `[network]\nca_file = "${certificate.file}"\n${provider('tls', behind.url)}` });
    before_ = await startTlsHop(certificate, server.url); // client -> TLS -> server
    wired = await startTlsHop(certificate, secure.url); // TLS on both sides
  });
  after(async () => {
    await secure?.stop();
    for (const hop of [wired, before_, behind]) await hop?.stop();
    certificate?.remove();
  });

  test('an answer comes through', async () => {
    for (const [url, via, ca] of [[secure.url, 'tls'], [before_.url, 'raw', certificate.text], [wired.url, 'tls', certificate.text]])
      for (const stream of [true, false]) {
        const reply = await ask(url, 'openai', `${via}/echo-${++counter}`, { stream, ca });
        assert.equal(reply.text, 'pong', JSON.stringify(reply));
        assert.ok(reply.success);
      }
  });

  for (const scene of scenes) {
    test(`before the upstream: ${named(scene)}`, async () => {
      const took = await goneAfter({ server: secure.url, upstream, via: 'tls', ...scene });
      assert.ok(took < kLimit, `the upstream was closed after ${took} ms`);
    });
    test(`before the server: ${named(scene)}`, async () => {
      const took = await goneAfter({ server: before_.url, upstream, via: 'raw', ca: certificate.text, ...scene });
      assert.ok(took < kLimit, `the upstream was closed after ${took} ms`);
    });
  }
  test('on both sides', async () => {
    for (const kind of ['silent', 'headers', 'tokens']) {
      const took = await goneAfter({ server: wired.url, upstream, via: 'tls', kind, surface: 'openai', stream: true, ca: certificate.text });
      assert.ok(took < kLimit, `${kind}: the upstream was closed after ${took} ms`);
    }
  });

  test('without the authority nothing is sent, and the error says so', async () => {
    const distrustful = await startServer({ config: provider('tls', behind.url) });
    const model = `echo-${++counter}`;
    const reply = await ask(distrustful.url, 'openai', `tls/${model}`);
    await distrustful.stop();
    assert.equal(reply.status, 502);
    assert.match(reply.error, /not trusted/);
    assert.ok(!upstream.calls.some((call) => call.body.model === model));
  });

  test('SSL_CERT_FILE names the authority as well', async () => {
    const usual = await startServer({ config: provider('tls', behind.url), env: { SSL_CERT_FILE: certificate.file } });
    const reply = await ask(usual.url, 'openai', `tls/echo-${++counter}`);
    await usual.stop();
    assert.equal(reply.text, 'pong');
  });

  test('a file of authorities that is not there ends the start with 3', async () => {
    await assert.rejects(startServer({ config: '[network]\nca_file = "nowhere.pem"\n' }), /ended with 3: .*network\.ca_file/s);
  });
});
