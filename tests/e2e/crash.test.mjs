// What must not be lost: the server is killed at random moments, its disk fills up, its database is damaged, it is asked
// to stop while it answers, and a second one is started on the same data.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPlayground, startServer } from './harness.mjs';
import { ask } from './surfaces.mjs';
import { findProgram } from './tls_hop.mjs';

const kKills = 50;
const noSqlite = findProgram('sqlite3') ? false : 'sqlite3 is needed';

let playground, config;
before(async () => {
  playground = await startPlayground();
  config = `[[providers]]\nid = "p"\nformat = "openai"\nbase_url = "${playground.url}/v1"\n`;
});
after(() => playground.stop());

const databaseOf = (folder) => join(folder, 'data', 'patchbay.db');
const integrity = (file) => execFileSync('sqlite3', [file, 'PRAGMA integrity_check'], { encoding: 'utf8' }).trim();
const newFolder = () => mkdtempSync(join(tmpdir(), 'patchbay-crash-'));
const storedMessages = async (url, id) => (await (await fetch(`${url}/api/conversations/${id}`)).json()).messages;
const fetchStored = (url, id) => fetch(`${url}/v1/responses/${id}`);

test(`${kKills} kills at random moments`, { skip: noSqlite }, async () => {
  const dir = newFolder();
  // id -> text: the client saw the end, so it must be there for good.
  const acknowledged = { responses: new Map(), native: new Map() };
  for (let round = 0; round < kKills; ++round) {
    const server = await startServer({ config, dir });
    let going = true;
    const keep = async (surface, stream) => {
      while (going) {
        const prompt = `round ${round} ${'words '.repeat(50)}`;
        const reply = await ask(server.url, surface, 'p/echo', { stream, prompt });
        if (reply.success && !reply.cut) acknowledged[surface].set(reply.id, reply.text);
      }
    };
    const clients = [keep('responses', true), keep('responses', false), keep('native', true), keep('native', false)];
    await sleep(Math.random() * 120);
    going = false;
    await server.kill();
    await Promise.all(clients);
    assert.equal(integrity(databaseOf(dir)), 'ok', `after kill ${round + 1}`);
  }
  for (const [surface, replies] of Object.entries(acknowledged)) assert.ok(replies.size > kKills, `${surface}: only ${replies.size} stored`);
  const server = await startServer({ config, dir });
  for (const [id, text] of acknowledged.responses) {
    const stored = await fetchStored(server.url, id);
    assert.equal(stored.status, 200, `${id} is lost`);
    assert.equal((await stored.json()).output[0].content[0].text, text);
  }
  for (const [id, text] of acknowledged.native) {
    const messages = await storedMessages(server.url, id);
    assert.deepEqual(messages.map(({ role, status, text: said }) => ({ role, status, text: said })), [
      { role: 'user', status: 'complete', text }, { role: 'assistant', status: 'complete', text }]);
  }
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('a reply that a kill interrupts keeps what had come', { skip: noSqlite }, async () => {
  const dir = newFolder();
  const wanted = []; // {id, text}: what clients had read 200 ms before the kill
  for (let round = 0; round < 5; ++round) {
    const server = await startServer({ config, dir });
    const streams = Array.from({ length: 4 }, () => {
      const stream = { text: '', id: undefined };
      stream.done = ask(server.url, 'native', 'p/long:5000@200', { stream: true, onText: (reply) => (stream.text = reply.text),
        onHead: (response) => (stream.id = response.headers['x-patchbay-conversation-id']) });
      return stream;
    });
    await sleep(400 + Math.random() * 100);
    const seen = streams.map(({ id, text }) => ({ id, text }));
    await sleep(200); // tokens are journalled at least every 100 ms
    await server.kill();
    await Promise.all(streams.map(({ done }) => done));
    wanted.push(...seen);
  }
  const server = await startServer({ config, dir });
  for (const { id, text } of wanted) {
    assert.ok(id && text.length > 100, `the stream ran: ${id} ${text}`);
    const [, reply] = await storedMessages(server.url, id);
    assert.ok(reply.text.startsWith(text), `${id}: kept ${reply.text.length} of ${text.length}`);
    assert.notEqual(reply.status, 'complete');
  }
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

// A disk of its own, small enough to be filled.
function smallDisk(size) {
  const dir = newFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'patchbay-test', dir], { encoding: 'utf8' });
  if (mounted.status === 0) return { dir, remove: () => (spawnSync('umount', [dir]), rmSync(dir, { recursive: true, force: true })) };
  rmSync(dir, { recursive: true, force: true });
  return { refusal: `a small tmpfs cannot be mounted here: ${(mounted.stderr ?? mounted.error?.message ?? '').trim()}` };
}

test('a full disk', async (t) => {
  const disk = smallDisk('6m');
  if (disk.refusal) return t.skip(disk.refusal);
  const filler = join(disk.dir, 'filler');
  const server = await startServer({ config, dir: disk.dir });
  try {
    const before = await ask(server.url, 'responses', 'p/echo', { prompt: 'before' });
    assert.equal((await fetchStored(server.url, before.id)).status, 200);
    const { bavail, bsize } = statfsSync(disk.dir);
    try {
      writeFileSync(filler, Buffer.alloc(bavail * bsize + bsize)); // takes what there is
    } catch (error) {
      assert.equal(error.code, 'ENOSPC');
    }
    for (const stream of [true, false, true, false]) {
      const prompt = 'full '.repeat(20_000);
      const reply = await ask(server.url, 'responses', 'p/echo', { stream, prompt });
      assert.equal(reply.text, prompt, 'the reply still reaches the client');
      assert.ok(reply.success);
    }
    // A conversation is there to be kept: it says at once that it cannot be, and costs nothing.
    const chat = await ask(server.url, 'native', 'p/echo', { stream: true, prompt: 'full '.repeat(20_000) });
    assert.equal(chat.status, 507);
    assert.match(chat.body, /storage_full.*Free some space/);
    const unkept = await fetch(`${server.url}/api/chat/stream`, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'p/echo', message: 'unkept', store: false, stream: false }) });
    assert.equal((await unkept.json()).text, 'unkept');
    await ask(server.url, 'native', 'p/echo', { stream: true, prompt: 'full '.repeat(20_000) });
    const warned = server.errors().split('\n').filter((text) => text.includes('history_not_stored'));
    assert.equal(warned.length, 1, `once a minute: ${server.errors()}`);
    assert.match(warned[0], /"level":"error".*Free some space/);
    const line = server.errors().split('\n').find((text) => text.includes('storage_full'));
    assert.ok(line, `the log names it: ${server.errors()}`);
    assert.equal((await fetchStored(server.url, before.id)).status, 200, 'what was there can be read');
    truncateSync(filler);
    const after = await ask(server.url, 'responses', 'p/echo', { prompt: 'after' });
    assert.equal((await fetchStored(server.url, after.id)).status, 200, 'it works again');
    assert.equal((await fetchStored(server.url, before.id)).status, 200, 'nothing older is lost');
    await server.stop(true);
    const again = await startServer({ config, dir: disk.dir });
    for (const { id } of [before, after]) assert.equal((await fetchStored(again.url, id)).status, 200, 'after a restart too');
    await again.stop(true);
  } finally {
    await server.stop(true);
    disk.remove();
  }
});

test('a start on a full disk says so', async (t) => {
  const disk = smallDisk('1m');
  if (disk.refusal) return t.skip(disk.refusal);
  try {
    writeFileSync(join(disk.dir, 'config.toml'), config);
    try {
      writeFileSync(join(disk.dir, 'filler'), Buffer.alloc((1 << 20) - 8192));
    } catch {}
    await assert.rejects(startServer({ config, dir: disk.dir }), (error) => {
      assert.equal(error.code, 4, error.message);
      assert.match(error.message, /disk is full/);
      assert.match(error.message, /Free some space/);
      return true;
    });
  } finally {
    disk.remove();
  }
});

async function usedFolder() {
  const dir = newFolder();
  const server = await startServer({ config, dir });
  for (let i = 0; i < 30; ++i) await ask(server.url, 'responses', 'p/echo', { prompt: `${i} `.repeat(2000) });
  await server.stop();
  return dir;
}

const damages = {
  'not a database': (bytes) => bytes.write('this is no database at all', 0),
  'garbage in the middle': (bytes) => {
    // The mark of a clean end beside the file knows its time of change, so the file is checked.
    for (let at = 4096 * 3; at < Math.min(bytes.length, 4096 * 40); at += 512) bytes.write('garbage garbage garbage', at);
  },
  'a cut file': (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2)),
};
for (const [name, damage] of Object.entries(damages))
  test(`a damaged database: ${name}`, async () => {
    const dir = await usedFolder();
    const file = databaseOf(dir);
    const bytes = readFileSync(file);
    const damaged = damage(bytes);
    writeFileSync(file, Buffer.isBuffer(damaged) ? damaged : bytes);
    const left = readFileSync(file);
    const changed = statSync(file).mtimeMs;
    await assert.rejects(startServer({ config, dir }), (error) => {
      assert.equal(error.code, 4, error.message);
      assert.match(error.message, /damaged/);
      assert.match(error.message, /Nothing was changed or removed/);
      assert.match(error.message, /\.recover/);
      return true;
    });
    assert.ok(readFileSync(file).equals(left), 'the file is as it was');
    assert.equal(statSync(file).mtimeMs, changed);
    rmSync(dir, { recursive: true, force: true });
  });

test('a stop lets running replies finish', async () => {
  const dir = newFolder();
  const server = await startServer({ config, dir });
  const { port } = new URL(server.url);
  let begun;
  const first = new Promise((resolve) => (begun = resolve));
  const replies = ['openai', 'responses', 'anthropic', 'ollama'].map((surface) =>
    ask(server.url, surface, 'p/long:40@40', { stream: true, onText: () => begun() }));
  const whole = ask(server.url, 'openai', 'p/long:40@40');
  await first;
  await sleep(50);
  const ended = new Promise((resolve) => server.child.on('exit', (code, signal) => resolve({ code, signal })));
  server.child.kill('SIGTERM');
  await sleep(50);
  await assert.rejects(fetch(`http://127.0.0.1:${port}/healthz`), 'nobody new is let in');
  const text = Array.from({ length: 40 }, (_, i) => `token${i + 1}`).join(' ');
  for (const reply of [...(await Promise.all(replies)), await whole]) {
    assert.equal(reply.text, text);
    assert.ok(reply.success && !reply.cut);
  }
  assert.deepEqual(await ended, { code: 0, signal: null });
  // It was stored and the file closed well.
  const again = await startServer({ config, dir });
  assert.equal((await fetchStored(again.url, (await replies[1]).id)).status, 200);
  await again.stop(true);
  rmSync(dir, { recursive: true, force: true });
});

test('a stop cuts what does not finish in time, visibly', async () => {
  const server = await startServer({ config: `[server]\nshutdown_grace = "300ms"\n${config}` });
  let begun;
  const first = new Promise((resolve) => (begun = resolve));
  const reply = ask(server.url, 'openai', 'p/long:10000@20', { stream: true, onText: () => begun() });
  await first;
  const asked = performance.now();
  await server.stop();
  assert.ok(performance.now() - asked < 5000);
  const { success, cut, error } = await reply;
  assert.equal(success, false);
  assert.ok(cut || error, 'the client can tell');
});

test('a second program on the same data is refused', async () => {
  const dir = newFolder();
  const server = await startServer({ config, dir });
  await assert.rejects(startServer({ config, dir }), (error) => {
    assert.equal(error.code, 4, error.message);
    assert.ok(error.message.includes(`process ${server.child.pid}`), error.message);
    assert.ok(error.message.includes(server.url), error.message);
    return true;
  });
  assert.equal((await ask(server.url, 'openai', 'p/echo', { prompt: 'still here' })).text, 'still here');
  await server.kill();
  const next = await startServer({ config, dir }); // a crash leaves no lock behind
  await next.stop(true);
  rmSync(dir, { recursive: true, force: true });
});
