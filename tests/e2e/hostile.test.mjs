// Upstreams, clients, files and signals at their worst, against the real program: each gets a clear word in time, and
// the server lives and stays small.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPlayground, startServer } from './harness.mjs';
import { startUpstream } from './upstream.mjs';

const key = 'sk-hostile-0123456789abcdefghijklmnop';
const json = { 'content-type': 'application/json' };
const post = (url, path, body, headers = {}) =>
  fetch(url + path, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
const hello = (model, more = {}) => ({ model, messages: [{ role: 'user', content: 'hi' }], ...more });
const chat = (url, model, more) => post(url, '/v1/chat/completions', hello(model, more));
const chunk = (delta) => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;
const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n';
const memory = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** Writes `bytes` again and again as fast as the other side reads. */
function flood(socket, bytes) {
  const more = () => {
    while (socket.writable && socket.write(bytes));
  };
  socket.on('drain', more);
  more();
}

/** An upstream whose model's name says what it does; `open` counts its connections. */
async function startHostile() {
  const sockets = new Set();
  const acts = {
    'header-line': (s) => (s.write('HTTP/1.1 200 OK\r\nx: '), flood(s, 'a'.repeat(65536))),
    'status-999': (s) => s.end('HTTP/1.1 999 What\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}'),
    'many-calls': (s) => {
      s.write(head);
      for (let i = 0; i < 20000; ++i)
        s.write(chunk({ tool_calls: [{ index: i, id: `c${i}`, function: { name: 'f', arguments: '{}' } }] }));
    },
    endless: (s) => (s.write(head), flood(s, chunk({ content: 'x'.repeat(30000) }))),
    'endless-call': (s) =>
      (s.write(head), flood(s, chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: 'x'.repeat(30000) } }] }))),
    ticks: (s) => {
      s.write(head);
      const timer = setInterval(() => s.write(chunk({ content: 'tick ' })), 10);
      s.on('close', () => clearInterval(timer));
    },
    halves: (s) => s.end(head + chunk({ content: 'HIGH' }).replace('HIGH', '\\ud83d') + chunk({ content: 'LOW' }).replace('LOW', '\\ude00') +
      'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'),
    'cut-key': (s, authorization) => {
      const said = `key ${authorization.slice(7, 30)}***, header ${Buffer.from(authorization).toString('base64')}`;
      const body = JSON.stringify({ error: { message: said } });
      s.end(`HTTP/1.1 401 No\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
    },
  };
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes;
      const model = /"model":"([^"]+)"/.exec(text);
      if (!model) return;
      const authorization = /authorization: *(.*)\r/i.exec(text)[1];
      text = '';
      acts[model[1]](socket, authorization);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    open: () => sockets.size,
    stop: () => (sockets.forEach((socket) => socket.destroy()), new Promise((resolve) => server.close(resolve))),
  };
}

let hostile, server;
before(async () => {
  hostile = await startHostile();
  const provider = (id, more = '') =>
    `[[providers]]\nid = "${id}"\nformat = "openai"\nbase_url = "${hostile.url}"\nkey = "env:KEY"\n${more}`;
  server = await startServer({ config: provider('h') + provider('brief', 'timeouts = { total = "1500ms" }\n'), env: { KEY: key }, args: ['--playground'] });
});
after(async () => {
  await server.stop();
  await hostile.stop();
});

describe('an upstream', () => {
  test('with an endless header line is malformed', async () => {
    const reply = await chat(server.url, 'h/header-line');
    assert.equal(reply.status, 502);
    assert.match((await reply.json()).error.message, /header .*too long/);
  });
  test('with a status that HTTP does not know is malformed', async () => {
    const reply = await chat(server.url, 'h/status-999');
    assert.equal(reply.status, 502);
    assert.match((await reply.json()).error.message, /status 999/);
  });
  test('with thousands of tool calls is malformed', async () => {
    const reply = await chat(server.url, 'h/many-calls', { stream: true });
    assert.match(await reply.text(), /more than 1024 tool calls/);
  });
  for (const [path, body] of [
    ['/v1/chat/completions', hello('h/endless')],
    ['/v1/chat/completions', hello('h/endless-call')],
    ['/v1/responses', { model: 'h/endless', input: 'hi', stream: true }],
    ['/api/chat/stream', { model: 'h/endless', message: 'hi', stream: false, store: false }],
  ])
    test(`that never ends is cut at 128 MiB: ${path} ${body.model}`, async () => {
      const reply = await post(server.url, path, body);
      const text = await reply.text();
      assert.match(text, /larger than 128 MiB/);
      for (let i = 0; hostile.open() > 0 && i < 100; ++i) await sleep(10);
      assert.equal(hostile.open(), 0, 'the upstream is still connected');
      assert.ok(memory(server.child.pid) < 1500, `${memory(server.child.pid)} MiB`);
    });
  test('that goes on for ever ends at the total clock, as a response too', async () => {
    const began = performance.now();
    const reply = await post(server.url, '/v1/responses', { model: 'brief/ticks', input: 'hi', stream: true });
    assert.match(await reply.text(), /response.failed[^]*total timeout/);
    const took = performance.now() - began;
    assert.ok(took > 1000 && took < 5000, `${took} ms`);
  });
  test('that cuts a character between two events sends it whole', async () => {
    const reply = await chat(server.url, 'h/halves');
    assert.equal((await reply.json()).choices[0].message.content, '😀');
  });
  test('that repeats a part of the key, or encodes it, is not quoted', async () => {
    const reply = await chat(server.url, 'h/cut-key');
    const text = await reply.text();
    for (const said of [text, server.errors()]) {
      assert.ok(!said.includes(key.slice(3, 19)), said);
      assert.ok(!said.includes(Buffer.from(`Bearer ${key}`).toString('base64').slice(16, 32)), said);
    }
    assert.match(text, /key …/);
  });
});

describe('a client', () => {
  const refused = async (reply, param) => {
    assert.equal(reply.status, 400);
    const text = await reply.text();
    assert.ok(text.length < 1000, `${text.length} bytes`);
    assert.ok(text.includes(param), text);
  };
  test('with thousands of tools or messages is refused by name', async () => {
    const tools = Array.from({ length: 5000 }, (_, i) => ({ type: 'function', function: { name: `f${i}` } }));
    await refused(await chat(server.url, 'playground/echo', { tools }), 'tools');
    const messages = Array.from({ length: 70000 }, () => ({ role: 'user', content: 'x' }));
    await refused(await post(server.url, '/v1/chat/completions', { model: 'playground/echo', messages }), 'messages');
    await refused(await post(server.url, '/api/chat/stream', { model: 'playground/echo', messages }), 'messages');
  });
  test('with a giant name of a model gets no giant header back', async () => {
    for (const model of ['m'.repeat(100000), 'a\r\nx-evil: 1']) {
      const logged = server.errors().length;
      for (const [path, body] of [
        ['/v1/chat/completions', hello(model)],
        ['/v1/responses', { model, input: 'hi' }],
        ['/v1/messages', { ...hello(model), max_tokens: 5 }],
        ['/v1/messages/count_tokens', hello(model)],
        ['/api/chat', hello(model)],
        ['/api/chat/stream', { model, message: 'hi' }],
        ['/api/conversations', { model }],
        ['/v1/embeddings', { model, input: 'hi' }],
      ]) {
        const reply = await post(server.url, path, body);
        assert.equal(reply.status, 400, path);
        assert.ok(JSON.stringify([...reply.headers]).length < 2000, path);
        assert.ok((await reply.text()).length < 1000, path);
      }
      assert.ok(server.errors().length - logged < 5000, 'the log repeats it');
    }
  });
  test('with wrong parameters for a conversation is told which', async () => {
    const made = await (await post(server.url, '/api/conversations', { parameters: { temperature: 1, stop: ['a'] } })).json();
    for (const [parameters, member] of [
      [{ temperature: 'hot' }, 'parameters.temperature'],
      [{ top_p: 7 }, 'parameters.top_p'],
      [{ max_tokens: 0 }, 'parameters.max_tokens'],
      [{ stop: [1] }, 'parameters.stop[0]'],
      [{ reasoning_effort: 'much' }, 'much'],
      [{ temprature: 1 }, 'parameters.temprature'],
      [[], 'parameters'],
    ]) {
      await refused(await post(server.url, '/api/conversations', { parameters }), member);
      const patched = await fetch(`${server.url}/api/conversations/${made.id}`, { method: 'PATCH', headers: json, body: JSON.stringify({ parameters }) });
      await refused(patched, member);
    }
    const kept = await (await fetch(`${server.url}/api/conversations/${made.id}`)).json();
    assert.deepEqual(kept.parameters, { temperature: 1, stop: ['a'] });
  });
});

describe('files and signals', () => {
  let folder;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'patchbay-hostile-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const until = async (condition, what) => {
    for (let i = 0; i < 1000; ++i) {
      if (await condition()) return;
      await sleep(10);
    }
    assert.fail(`${what}: not within 10 s`);
  };

  test('a FIFO as a key is a clear error and hangs nothing', async () => {
    const fifo = join(folder, 'key');
    execFileSync('mkfifo', [fifo]);
    const one = await startServer({ config: `[[providers]]\nid = "p"\nformat = "openai"\nbase_url = "http://127.0.0.1:9/v1"\nkey = "file:${fifo}"\n` });
    const reply = await chat(one.url, 'p/x');
    assert.equal(reply.status, 500);
    assert.match(await reply.text(), /it is a FIFO/);
    assert.match(one.errors(), /provider_unusable/);
    await one.stop();
  });
  test('a FIFO as .env does not hang the start', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'patchbay-hostile-'));
    execFileSync('mkfifo', [join(dir, '.env')]);
    await assert.rejects(startServer({ config: '', dir, args: ['--playground'] }), /it is a FIFO/);
    rmSync(dir, { recursive: true, force: true });
  });
  test('a FIFO as the configuration does not hang the start', () => {
    const fifo = join(folder, 'config');
    execFileSync('mkfifo', [fifo]);
    const ended = spawnSync(process.env.PATCHBAY, ['serve', '--config', fifo, '--data-dir', join(folder, 'data'), '--port', '0'], { timeout: 5000 });
    assert.equal(ended.status, 3);
    assert.match(String(ended.stderr), /it is a FIFO/);
  });
  test('a missing entry of the vault is a matter of the configuration', async () => {
    const one = await startServer({ config: '[[providers]]\nid = "p"\nformat = "openai"\nbase_url = "http://127.0.0.1:9/v1"\nkey = "vault:nothing"\n' });
    const reply = await chat(one.url, 'p/x');
    assert.equal(reply.status, 500);
    assert.match(await reply.text(), /no entry 'nothing'/);
    assert.match(one.errors(), /provider_unusable.*no entry 'nothing'/);
    await one.stop();
  });
  test('a damaged vault is logged at the start', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'patchbay-hostile-'));
    execFileSync('mkdir', [join(dir, 'data')]);
    writeFileSync(join(dir, 'data', 'vault.json'), '{"format":');
    const one = await startServer({ dir, config: '[[providers]]\nid = "p"\nformat = "openai"\nbase_url = "http://127.0.0.1:9/v1"\nkey = "vault:k"\n' });
    assert.match(one.errors(), /provider_unusable.*is damaged/);
    await one.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  test('a key of many dots does not kill a running server, and SIGHUP reads again', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'patchbay-hostile-'));
    const file = join(dir, 'config.toml');
    const config = '[[models]]\nname = "one"\ndeployments = [ { provider = "playground", model = "echo" } ]\n';
    const one = await startServer({ dir, config, args: ['--playground'] });
    writeFileSync(file, `${'a.'.repeat(500000)}a = 1\n`);
    one.child.kill('SIGHUP');
    await until(() => /nest deeper than 64/.test(one.errors()), 'the refusal');
    assert.equal((await chat(one.url, 'one')).status, 200);
    writeFileSync(file, config.replace('"one"', '"two"'));
    one.child.kill('SIGHUP');
    await until(async () => (await chat(one.url, 'two')).status === 200, 'the new model');
    assert.match(one.errors(), /configuration_reload_asked/);
    const reloads = () => one.errors().split('configuration_reloaded').length;
    const before = reloads();
    one.child.kill('SIGHUP'); // nothing changed: still read again
    await until(() => reloads() > before, 'another reload');
    await one.stop();
    rmSync(dir, { recursive: true, force: true });
  });
});

test('SIGHUP ends what is not a server', async () => {
  const playground = await startPlayground();
  const ended = new Promise((resolve) => playground.child.on('exit', resolve));
  playground.child.kill('SIGHUP');
  assert.notEqual(await Promise.race([ended, sleep(5000, 'still there')]), 'still there');
});

describe('a server that stops', () => {
  const endings = {
    '/v1/chat/completions': /"error":\{.*shutting down/,
    '/v1/messages': /event: error\ndata: .*shutting down/,
    '/v1/responses': /event: response.failed\ndata: .*shutting down/,
    '/api/chat': /\{"error":".*shutting down.*"\}\n$/,
    '/api/chat/stream': /event: error\ndata: .*shutting down[^]*event: done/,
  };
  test('ends every running stream with an error event and a proper end', async () => {
    const upstream = await startUpstream();
    const one = await startServer({ config: `[server]\nshutdown_grace = "1s"\n[[providers]]\nid = "raw"\nformat = "openai"\nbase_url = "${upstream.url}/v1"\n` });
    const streams = [];
    for (const path of Object.keys(endings)) {
      const body = path === '/v1/responses' ? { model: 'raw/tokens', input: 'hi', stream: true } : hello('raw/tokens', { stream: true, max_tokens: 9 });
      const reply = await post(one.url, path, body);
      assert.equal(reply.status, 200, path);
      streams.push([path, reply.text()]); // rejects when the body is cut
    }
    const socket = new WebSocket(`${one.url.replace('http', 'ws')}/api/ws`);
    const messages = [];
    const closed = new Promise((resolve) => socket.addEventListener('close', (event) => resolve(event.code)));
    socket.addEventListener('message', (event) => messages.push(JSON.parse(event.data)));
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    socket.send(JSON.stringify({ type: 'chat', id: 1, model: 'raw/tokens', message: 'hi' }));
    while (!messages.some((message) => message.type === 'message')) await sleep(10);
    one.child.kill('SIGTERM');
    for (const [path, text] of streams) assert.match(await text, endings[path], path);
    assert.equal(await closed, 1001);
    assert.match(messages.at(-2).message, /shutting down/);
    assert.equal(messages.at(-1).type, 'done');
    await one.stop();
    await upstream.stop();
  });
});

test('a long reply of the playground costs no memory before it is read', async () => {
  const playground = await startPlayground();
  const streams = [];
  const before = memory(playground.child.pid);
  for (let i = 0; i < 20; ++i) {
    const reply = await chat(playground.url, 'long:200000@1', { stream: true });
    streams.push(reply.body.getReader());
  }
  const grown = memory(playground.child.pid) - before;
  assert.ok(grown < 30, `${grown} MiB for 20 streams`);
  for (const reader of streams) await reader.cancel();
  await playground.stop();
});
