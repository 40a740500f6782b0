// The worst of what can be sent to a listener, against the real program: it refuses, and it lives.
import assert from 'node:assert/strict';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAll } from './harness.mjs';

let all, port;
before(async () => {
  all = await startAll();
  port = Number(new URL(all.url).port);
});
after(() => all.stop());

/** Sends bytes (in pieces) and returns what came back until the server closed or was silent for a while. */
function exchange(pieces, quiet = 400) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let text = '';
    let timer;
    const done = () => (clearTimeout(timer), socket.destroy(), resolve(text));
    const wait = () => (clearTimeout(timer), (timer = setTimeout(done, quiet)));
    socket.on('data', (bytes) => ((text += bytes.toString('latin1')), wait()));
    socket.on('close', done);
    socket.on('error', done);
    wait();
    for (const piece of [pieces].flat()) socket.write(piece);
  });
}

const body = '{"model":"fast","messages":[{"role":"user","content":"hi"}]}';
const post = (headers, content = body, path = '/v1/chat/completions') =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${content}`;
const length = `Content-Length: ${body.length}`;
const smuggled = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';

const broken = Buffer.concat([Buffer.from('{"model":"fast","messages":[{"role":"user","content":"\\ud800'), Buffer.from([0xff]), Buffer.from('"}]}')]);

// name -> [bytes, the statuses of all answers]
const worst = {
  'a length and chunks': [post(`${length}\r\nTransfer-Encoding: chunked`, `0\r\n\r\n${smuggled}`), [400]],
  'two lengths': [post(`${length}\r\nContent-Length: 5`, body + smuggled), [400]],
  'a negative length': [post('Content-Length: -1', smuggled), [400]],
  'a length with a sign': [post('Content-Length: +5', 'hello' + smuggled), [400]],
  'a length beyond every number': [post('Content-Length: 99999999999999999999999', smuggled), [400, 413]],
  'a chunk size that is no number': [post('Transfer-Encoding: chunked', `0x5\r\nhello\r\n0\r\n\r\n${smuggled}`), [400]],
  'a chunk size beyond every number': [post('Transfer-Encoding: chunked', `ffffffffffffffff1\r\nx\r\n0\r\n\r\n`), [400, 413]],
  'an unknown transfer coding': [post('Transfer-Encoding: xchunked', `0\r\n\r\n${smuggled}`), [400, 501]],
  'a space before the colon': [post(`Content-Length : 5`, 'hello' + smuggled), [400]],
  'a folded header': [`GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n c: d\r\n\r\n`, [400]],
  'bare line feeds': ['GET /healthz HTTP/1.1\nHost: localhost\n\n' + smuggled, [400]],
  'a zero byte in a header': ['GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n', [400]],
  'no host': ['GET /healthz HTTP/1.1\r\n\r\n', [400]],
  'two origins': ['GET /v1/models HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nOrigin: https://evil.example\r\n\r\n', [400]],
  'two hosts': ['GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n', [400]],
  'headers without end': [['GET /healthz HTTP/1.1\r\nHost: localhost\r\n', `X: ${'a'.repeat(200_000)}`], [431]],
  'a path that leaves the root': ['GET /../../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n', [400, 404]],
  'a bomb': [[post(`Content-Encoding: gzip\r\nContent-Length: ${gzipSync(Buffer.alloc(64 << 20)).length}`, ''), gzipSync(Buffer.alloc(64 << 20))], [413]],
  'an announced giant': [post(`Content-Length: ${1 << 30}`, 'x'), [413]],
  'a TLS greeting': [Buffer.from('160301020001000001fc0303', 'hex'), [400]],
  'HTTP/2': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400, 505]],
  'deep JSON': [post(`Content-Length: ${200_000}`, '['.repeat(200_000)), [400]],
  'a lone surrogate and a broken byte': [[post(`Content-Length: ${broken.length}`, ''), broken], [200, 400]],
};

for (const [name, [bytes, statuses]] of Object.entries(worst))
  test(name, async () => {
    const text = await exchange(bytes);
    const answers = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
    assert.equal(answers.length, 1, `one answer, and what was smuggled is not read: ${text.slice(0, 300)}`);
    assert.ok(statuses.includes(answers[0]), `${answers[0]}: ${text.slice(0, 300)}`);
    assert.equal(all.server.child.exitCode, null);
    assert.equal((await fetch(`${all.url}/healthz`)).status, 200);
  });

test('a thousand connections that say nothing do not shut others out', async () => {
  const sockets = Array.from({ length: 1000 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  await sleep(300);
  assert.equal((await fetch(`${all.url}/healthz`)).status, 200);
  for (const socket of sockets) socket.resetAndDestroy();
});

test('noise', async () => {
  let seed = 7;
  const next = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff);
  await Promise.all(Array.from({ length: 100 }, () => {
    const bytes = Buffer.from(post(length));
    for (let i = 0; i < 5; ++i) bytes[next() % bytes.length] = next() & 255;
    return exchange(bytes, 150);
  }));
  assert.equal((await fetch(`${all.url}/healthz`)).status, 200);
  assert.equal(all.server.child.exitCode, null);
});
