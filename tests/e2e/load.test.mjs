// A thousand streams at once: none is lost, the memory stays small and comes back, and readers that stand still cost
// neither memory nor the others' time.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPlayground, startServer } from './harness.mjs';
import { ask, surfaces } from './surfaces.mjs';

const kStreams = 1000;
const kTokens = 60;
const kText = Array.from({ length: kTokens }, (_, i) => `token${i + 1}`).join(' ');
const kMemory = 80 << 10; // KiB

const noProc = process.platform === 'linux' ? false : 'reads /proc';
const residentKiB = (child) => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]);

let playground, server;
before(async () => {
  playground = await startPlayground();
  server = await startServer({ config: `[[providers]]\nid = "p"\nformat = "openai"\nbase_url = "${playground.url}/v1"\n` });
});
after(async () => {
  await server.stop();
  await playground.stop();
});

/** Samples the memory until `work` is done; returns the highest value. */
async function highestDuring(child, work) {
  let highest = 0;
  const timer = setInterval(() => (highest = Math.max(highest, residentKiB(child))), 50);
  await work;
  clearInterval(timer);
  return highest;
}

async function manyStreams(count, model) {
  const names = Object.keys(surfaces);
  const replies = await Promise.all(
    Array.from({ length: count }, (_, i) => ask(server.url, names[i % names.length], `p/${model}`, { stream: true })),
  );
  const bad = replies.filter((reply) => reply.status !== 200 || !reply.success || reply.text !== kText || reply.cut || reply.error);
  assert.deepEqual(bad.slice(0, 3).map(({ status, error, cut, text }) => ({ status, error, cut, text: text.length })), [], `${bad.length} lost`);
}

test('a thousand streams, none lost, little memory that comes back', { skip: noProc }, async () => {
  await manyStreams(20, `long:${kTokens}`); // what is made once is made
  const idle = residentKiB(server.child);
  const during = await highestDuring(server.child, manyStreams(kStreams, `long:${kTokens}@10`));
  await sleep(500);
  const first = residentKiB(server.child);
  await manyStreams(kStreams, `long:${kTokens}@20`);
  await sleep(500);
  const second = residentKiB(server.child);
  const figures = `idle ${idle}, during ${during}, after ${first}, after the second round ${second} KiB`;
  console.log(figures);
  assert.ok(during <= kMemory, figures);
  assert.ok(second <= first * 1.1, figures);
  assert.ok(second <= idle * 1.1 + (2 << 10), figures);
});

test('a thousand streams with the usual limit of 1024 open files', { skip: noProc }, async () => {
  const usual = await startServer({
    config: `[[providers]]\nid = "p"\nformat = "openai"\nbase_url = "${playground.url}/v1"\n`,
    wrapper: ['sh', '-c', 'ulimit -Sn 1024; exec "$@"', 'sh'],
  });
  const before = server;
  server = usual;
  try {
    await manyStreams(kStreams, `long:${kTokens}@20`);
  } finally {
    server = before;
    await usual.stop();
  }
});

test('readers that stand still hold neither memory nor the others', { skip: noProc }, async () => {
  const { hostname, port } = new URL(server.url);
  const idle = residentKiB(server.child);
  const stalled = Array.from({ length: 40 }, () => {
    const body = JSON.stringify(surfaces.openai.body('p/long:50000', 'hello', true));
    const socket = net.connect(Number(port), hostname);
    socket.pause();
    socket.on('error', () => {});
    socket.write(`POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    return socket;
  });
  await sleep(1500); // each would have had ten megabytes by now
  const highest = await highestDuring(server.child, manyStreams(50, `long:${kTokens}@100`));
  const later = residentKiB(server.child);
  for (const socket of stalled) socket.destroy();
  // A stalled stream may fill its buffers (64 KiB to 256 KiB on either side), not more.
  assert.ok(highest - idle < 40 * 640, `grew by ${highest - idle} KiB`);
  assert.ok(later - idle < 40 * 640, `grew by ${later - idle} KiB`);
  const reply = await ask(server.url, 'openai', `p/long:${kTokens}`, { stream: true });
  assert.equal(reply.text, kText);
});
