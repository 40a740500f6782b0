// What must not get out and who must not get in: keys, foreign hosts and origins, wrong credentials.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startServer } from './harness.mjs';
import { ask, surfaces } from './surfaces.mjs';
import { startUpstream } from './upstream.mjs';

const kCanary = 'sk-canary-3f1c9d27b6e84a50';
const kHeaderCanary = 'team-canary-77aa41c0';
const kClientKey = 'sk-client-own-key-0d9e';

let upstream, server, config, folder;
before(async () => {
  upstream = await startUpstream();
  const provider = (id, format, base, more = '') =>
    `[[providers]]\nid = "${id}"\nformat = "${format}"\nbase_url = "${base}"\nkey = "env:CANARY"\n${more}`;
  config =
    provider('openai', 'openai', `${upstream.url}/v1`, 'headers = { "X-Team-Token" = "env:TEAM_CANARY" }\n') +
    provider('responses', 'openai', `${upstream.url}/v1`, 'api = "responses"\n') +
    provider('anthropic', 'anthropic', upstream.url) +
    provider('ollama', 'ollama', upstream.url) +
    provider('gemini', 'gemini', upstream.url) +
    '[log]\nlevel = "debug"\n';
  folder = mkdtempSync(join(tmpdir(), 'patchbay-security-'));
  server = await startServer({ config, dir: folder, env: { CANARY: kCanary, TEAM_CANARY: kHeaderCanary } });
});
after(async () => {
  await server.stop(true);
  await upstream.stop();
  rmSync(folder, { recursive: true, force: true });
});

const adminToken = () => /pb_admin_\w+/.exec(server.errors())[0];

/** fetch() cannot send Host, so this can. */
function get(path, headers = {}, { method = 'GET', body } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(server.url + path, { method, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (bytes) => (text += bytes));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}
const chat = (headers) =>
  get('/v1/chat/completions', { 'content-type': 'application/json', ...headers },
    { method: 'POST', body: JSON.stringify(surfaces.openai.body('openai/echo-access', 'hi', false)) });

const secretIn = (text) => [kCanary, kHeaderCanary, kCanary.slice(3)].find((secret) => text.includes(secret));

describe('a key', () => {
  test('is sent to its provider', async () => {
    await ask(server.url, 'openai', 'openai/echo-key');
    const { headers } = await upstream.call('echo-key');
    assert.equal(headers.authorization, `Bearer ${kCanary}`);
    assert.equal(headers['x-team-token'], kHeaderCanary);
  });

  for (const surface of Object.keys(surfaces))
    for (const provider of ['openai', 'responses', 'anthropic', 'ollama', 'gemini'])
      for (const model of ['mirror', 'page'])
        for (const stream of [true, false])
          test(`does not come back: ${surface}, ${provider}, ${model}, ${stream ? 'streamed' : 'plain'}`, async () => {
            const reply = await ask(server.url, surface, `${provider}/${model}-${surface}-${stream}`, { stream });
            const text = JSON.stringify(reply);
            assert.ok(reply.status >= 400, text);
            assert.equal(secretIn(text), undefined, text);
          });

  test('does not come back in the middle of a stream', async () => {
    for (const surface of Object.keys(surfaces)) {
      const reply = await ask(server.url, surface, `openai/late-mirror-${surface}`, { stream: true });
      assert.match(reply.error, /you sent/);
      assert.equal(reply.success, false);
      assert.equal(secretIn(JSON.stringify(reply)), undefined, JSON.stringify(reply));
    }
  });

  test('does not come back from lists of models', async () => {
    for (const path of ['/v1/models', '/api/tags', '/v1/models/openai', '/metrics', '/readyz', '/nowhere', '/api/config'])
      assert.equal(secretIn((await get(path, { authorization: `Bearer ${adminToken()}` })).text), undefined, path);
  });

  test("of a client's own is never sent on", async () => {
    for (const [surface, provider] of [['openai', 'openai'], ['anthropic', 'openai'], ['ollama', 'openai'], ['responses', 'openai']]) {
      const model = `echo-own-${surface}`;
      const reply = await ask(server.url, surface, `${provider}/${model}`, {
        headers: { authorization: `Bearer ${kClientKey}`, 'x-api-key': kClientKey, 'api-key': kClientKey, 'x-goog-api-key': kClientKey, cookie: `session=${kClientKey}` },
      });
      assert.equal(reply.status, 200, reply.error);
      const call = await upstream.call(model);
      assert.equal(call.headers.authorization, `Bearer ${kCanary}`);
      assert.ok(!call.head.includes(kClientKey), call.head);
    }
  });

  test('is nowhere in what was written', async () => {
    await ask(server.url, 'responses', 'openai/echo-stored', { prompt: 'keep this' });
    assert.equal(secretIn(server.errors()), undefined);
    assert.equal(secretIn(server.output()), undefined);
    assert.ok(!server.errors().includes(kClientKey));
    const files = (place) => readdirSync(place).flatMap((name) => {
      const path = join(place, name);
      return statSync(path).isDirectory() ? files(path) : [path];
    });
    const written = files(folder);
    assert.ok(written.some((file) => file.endsWith('patchbay.db')));
    for (const file of written) {
      const bytes = readFileSync(file);
      for (const secret of [kCanary, kHeaderCanary, kClientKey, adminToken()])
        assert.ok(!bytes.includes(secret), `${secret} stands in ${file}`);
    }
  });

  test('written into the configuration is refused without being shown', async () => {
    await assert.rejects(startServer({ config: `[[providers]]\nid = "openai"\nkey = "${kCanary}"\n` }), (error) => {
      assert.equal(error.code, 3, error.message);
      assert.equal(secretIn(error.message), undefined, error.message);
      return true;
    });
  });
});

describe('a caller', () => {
  test('with a foreign host is refused', async () => {
    for (const host of ['evil.example', 'localhost.evil.example', 'patchbay.internal:80'])
      assert.equal((await get('/v1/models', { host })).status, 403, host);
    for (const host of ['localhost', 'LOCALHOST:1', '127.0.0.1', '[::1]:8484']) assert.equal((await get('/v1/models', { host })).status, 200, host);
  });

  test('from a page of somebody else is refused before anything runs', async () => {
    const asked = upstream.calls.length;
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example', 'file://']) {
      const reply = await chat({ origin, 'content-type': 'text/plain' });
      assert.equal(reply.status, 403, origin);
      assert.equal(reply.headers['access-control-allow-origin'], undefined);
    }
    assert.equal((await get('/api/ws', { origin: 'https://evil.example', connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' })).status, 403);
    assert.equal(upstream.calls.length, asked);
    assert.equal((await chat({ origin: server.url })).status, 200, "the server's own pages may");
  });

  test('with a wrong key of ours is refused, whichever header carries it', async () => {
    for (const headers of [
      { authorization: 'Bearer pb_wrong' }, { 'x-api-key': 'pb_wrong' }, { 'api-key': 'pb_wrong' }, { 'x-goog-api-key': 'pb_wrong' },
      { authorization: `Bearer ${kClientKey}`, 'x-api-key': 'pb_wrong' }, { authorization: `Bearer ${'pb_admin_'.padEnd(49, 'x')}` },
      { authorization: 'bearer  pb_wrong' },
    ]) {
      const reply = await chat(headers);
      assert.equal(reply.status, 401, JSON.stringify(headers));
      assert.ok(!reply.text.includes('pb_wrong'));
    }
    assert.equal((await chat({ authorization: `Bearer ${adminToken()}` })).status, 200);
    assert.equal((await chat({ authorization: `Bearer ${kClientKey}` })).status, 200, "another vendor's key is ignored on loopback");
  });
});

describe('pages that are let in', () => {
  let open;
  const at = (path, headers, options = {}) => new Promise((resolve, reject) => {
    const request = http.request(open.url + path, { headers, agent: false, ...options }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers }));
    });
    request.on('error', reject);
    request.end(options.body);
  });
  const page = 'https://chat.example';

  test('read every answer, others none', async () => {
    open = await startServer({ config: `${config}[server]\nallowed_origins = ["${page}"]\n`, env: { CANARY: kCanary, TEAM_CANARY: kHeaderCanary } });
    try {
      const preflight = await at('/v1/chat/completions', { origin: page, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' }, { method: 'OPTIONS' });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers['access-control-allow-origin'], page);
      assert.match(preflight.headers['access-control-allow-methods'], /POST/);
      assert.equal(preflight.headers['access-control-allow-headers'], 'authorization,content-type');
      assert.ok(Number(preflight.headers['access-control-max-age']) > 0);
      const headers = { origin: page, 'content-type': 'application/json' };
      for (const stream of [true, false]) {
        const answer = await at('/v1/chat/completions', headers, { method: 'POST', body: JSON.stringify(surfaces.openai.body('openai/echo-cors', 'hi', stream)) });
        assert.equal(answer.status, 200);
        assert.equal(answer.headers['access-control-allow-origin'], page);
        assert.match(answer.headers['access-control-expose-headers'], /x-patchbay-trace-id/);
        assert.equal(answer.headers.vary, 'Origin');
        assert.equal(answer.headers['x-request-id'], answer.headers['x-patchbay-trace-id']);
      }
      for (const [path, status] of [['/v1/nothing', 404], ['/healthz', 200]]) {
        const answer = await at(path, { origin: page });
        assert.equal(answer.status, status);
        assert.equal(answer.headers['access-control-allow-origin'], page);
      }
      assert.equal((await at('/v1/models', { origin: page, authorization: 'Bearer pb_wrong' })).headers['access-control-allow-origin'], page);
      const stranger = await at('/v1/models', { origin: 'https://evil.example' });
      assert.equal(stranger.status, 403);
      assert.equal(stranger.headers['access-control-allow-origin'], undefined);
      assert.equal((await at('/v1/models', {})).headers['access-control-allow-origin'], undefined);
    } finally {
      await open.stop();
    }
  });

  test('"*" means any', async () => {
    open = await startServer({ config: `${config}[server]\nallowed_origins = ["*"]\nallowed_hosts = ["*"]\n`, env: { CANARY: kCanary, TEAM_CANARY: kHeaderCanary } });
    try {
      const answer = await at('/v1/models', { origin: 'https://any.example', host: 'whatever.example' });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers['access-control-allow-origin'], 'https://any.example');
    } finally {
      await open.stop();
    }
  });
});

describe('a name of a model', () => {
  test('does not lead out of the path', async () => {
    const asked = upstream.calls.length;
    for (const name of ['../../admin', 'x/../../y', 'a?key=1', 'a#b', 'a//b']) {
      const reply = await ask(server.url, 'openai', `gemini/${name}`);
      assert.equal(reply.status, 400, name);
      assert.match(reply.error, /cannot be the name of a model/);
    }
    assert.equal(upstream.calls.length, asked);
  });
});

describe('beyond loopback', () => {
  let wide, port, token;
  before(async () => {
    wide = await startServer({ config, host: '0.0.0.0', env: { CANARY: kCanary, TEAM_CANARY: kHeaderCanary } });
    port = new URL(wide.url).port;
    token = /pb_admin_\w+/.exec(wide.errors())[0];
  });
  after(() => wide.stop());
  const at = (path, headers = {}, options = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers, ...options });

  test('everybody needs a key, only health is open', async () => {
    for (const path of ['/v1/models', '/api/tags', '/metrics', '/api/conversations']) assert.ok([401, 404].includes((await at(path)).status), path);
    assert.equal((await at('/v1/models')).status, 401);
    assert.equal((await at('/api/version')).status, 401);
    const headers = { 'content-type': 'application/json' };
    for (const [surface, { path, body }] of Object.entries(surfaces)) {
      const refused = await at(path, headers, { method: 'POST', body: JSON.stringify(body('openai/echo-wide', 'hi', false)) });
      assert.equal(refused.status, 401, surface);
      assert.ok((await refused.json()).error);
    }
    assert.ok(!upstream.calls.some((call) => call.body.model === 'echo-wide'));
    for (const path of ['/healthz', '/readyz']) assert.equal((await at(path)).status, 200, path);
  });

  test('the right key opens, in each header', async () => {
    for (const headers of [{ authorization: `Bearer ${token}` }, { 'x-api-key': token }, { 'api-key': token }, { 'x-goog-api-key': token }])
      assert.equal((await at('/v1/models', headers)).status, 200, JSON.stringify(headers));
    assert.equal((await at('/v1/models', { authorization: `Bearer ${kClientKey}` })).status, 401);
  });
});
