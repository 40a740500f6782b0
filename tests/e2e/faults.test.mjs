// Every fault of the playground, on every surface, through every upstream format, streamed and not: the status or the
// error in the stream that a plain reader sees, and how often the upstream was asked. What broke is never a success.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startPlayground, startServer, upstreams } from './harness.mjs';
import { ask, closingFacts, inParallel, surfaces } from './surfaces.mjs';

const kLong = Array.from({ length: 60 }, (_, i) => `token${i + 1}`).join(' ');
const kPrompt = 'hello';

// What a row may expect, for streamed and for plain calls:
//   status   an answer with that status and an error in the surface's format
//   broken   200, tokens, then the error in the stream; the number is of tokens that must have come
//   text     a complete answer with that text
const status = (code, more = {}) => ({ status: code, ...more });
const text = (whole = kLong, more = {}) => ({ text: whole, ...more });
const broken = (tokens, error) => ({ broken: tokens, error });
const late = (error) => status(504, { error, clocks: '-hasty' });
const tooLong = status(504, { error: /total/, clocks: '-impatient' });

const faults = {
  'rate-limit:1': { both: status(429, { retryAfter: [1, 1] }) },
  'rate-limit-date:2': { both: status(429, { retryAfter: [0, 3] }) },
  'rate-limit-ms:250': { both: status(429, { retryAfter: [0, 1] }) },
  quota: { both: status(429, { error: /quota/, once: true }) },
  html: { both: status(502) },
  'html-200': { both: status(502) },
  context: { both: status(400, { error: /maximum context length is 4096/, once: true }) },
  reset: { both: status(502, { error: /closed the connection without an answer/ }) },
  // With a single deployment the headers and first-token clocks do not fire: giving up would help nobody.
  silent: { both: tooLong },
  'slow-headers:2': { stream: { ...text(), clocks: '-hasty' }, plain: tooLong },
  'slow-first-token:1': { stream: { ...text(), clocks: '-first' }, plain: text() },
  'slow-first-token:2': { stream: late(/idle/), plain: text() },
  'stall:0': { stream: late(/idle/), plain: text() },
  'stall:20': { stream: { ...broken(20, /idle/), clocks: '-hasty' }, plain: text() },
  'cut:0': { both: status(502) },
  'cut:40': { stream: broken(40, /closed the connection before/), plain: status(502) },
  'malformed:0': { stream: status(502, { error: /not what its format says/ }), plain: text() },
  'malformed:20': { stream: broken(20, /not what its format says/), plain: text() },
  'error-first': { stream: status([502, 503, 529], { error: /asked to fail here/ }), plain: text() },
  'error-midstream:1': { stream: broken(1, /asked to fail here/), plain: text() },
  'error-midstream:20': { stream: broken(20, /asked to fail here/), plain: text() },
  'content-filter': { both: text(kLong, { finish: ['content_filter', 'refusal'] }) },
  refusal: { both: { anyText: true } },
  'no-done': { both: text() },
  'no-usage': { both: text(kPrompt, { usage: 'estimated' }) },
  'json-for-stream': { both: text() },
  bytewise: { both: text(kPrompt) },
  'huge-event:10': { stream: { length: (10 << 20) + kLong.length }, plain: text(), width: 2 },
};
// Anthropic's service knows no 503, it says 529.
for (const code of [400, 401, 402, 403, 404, 422])
  faults[`error-${code}`] = { both: status(code, { error: new RegExp(`status ${code}`), once: true }) };
for (const code of [500, 502, 503, 504, 529])
  faults[`error-${code}`] = { both: status(code === 503 ? [503, 529] : code, { error: new RegExp(`status ${code}`) }) };

const finishes = {
  native: ['stop'], openai: ['stop'], responses: ['completed'], anthropic: ['end_turn'], ollama: ['stop'],
};

const patient = ['silent', 'slow-headers:600', 'slow-first-token:600', 'stall:0']; // until the next one is asked

let playground, server, asked;
// Short clocks only where one is meant to run out: a busy machine must not make others late.
const kClocks = { '': 'connect = "20s"', '-hasty': 'headers = "400ms", first_token = "400ms", idle = "400ms"', '-first': 'headers = "400ms", first_token = "400ms", idle = "20s"', '-impatient': 'total = "800ms"' };
function providers(url) {
  const formats = { openai: ['openai', '/v1'], responses: ['openai', '/v1', 'api = "responses"\n'], anthropic: ['anthropic', ''], ollama: ['ollama', ''], gemini: ['gemini', ''] };
  const one = (id, [format, path, more = ''], timeouts) =>
    `[[providers]]\nid = "${id}"\nformat = "${format}"\nbase_url = "${url}${path}"\n${more}timeouts = { ${timeouts} }\n`;
  return Object.entries(formats)
    .flatMap(([id, format]) => Object.entries(kClocks).map(([suffix, clocks]) => one(id + suffix, format, clocks)))
    .join('') +
    Object.keys(formats).flatMap((id) => patient.map((fault) =>
      `[[models]]\nname = "spare-${id}-${fault}"\ndeployments = [ { provider = "${id}-first", model = "fault-${fault}" }, { provider = "openai", model = "echo" } ]\n`)).join('');
}

before(async () => {
  playground = await startPlayground();
  server = await startServer({ config: providers(playground.url) });
  asked = async () => (await (await fetch(`${playground.url}/playground/stats`)).json()).asked;
});
after(async () => {
  await server.stop();
  await playground.stop();
});

// The error shapes, as the vendors' own services send them.
function checkErrorBody(surface, reply, where) {
  const body = JSON.parse(reply.body);
  if (surface === 'ollama') return assert.equal(typeof body.error, 'string', where);
  assert.equal(typeof body.error.message, 'string', where);
  if (surface === 'native') return assert.equal(typeof body.error.code, 'string', where);
  assert.equal(typeof body.error.type, 'string', where);
  if (surface === 'anthropic') assert.equal(body.type, 'error', where);
  else assert.ok('code' in body.error && 'param' in body.error, where);
}

function checkStatus(wanted, row, reply, where) {
  assert.ok([wanted.status].flat().includes(reply.status), `${where}: status ${reply.status}`);
  assert.equal(reply.streamed, false, where);
  assert.equal(reply.headers['content-type'], 'application/json', where);
  checkErrorBody(row.surface, reply, where);
  if (wanted.error) assert.match(reply.error, wanted.error, where);
  if (!wanted.retryAfter) return;
  const seconds = Number(reply.headers['retry-after']);
  assert.ok(seconds >= wanted.retryAfter[0] && seconds <= wanted.retryAfter[1], `${where}: retry-after ${reply.headers['retry-after']}`);
}

function checkBroken(wanted, row, reply, where) {
  assert.equal(reply.status, 200, where);
  assert.equal(reply.success, false, `${where}: a broken reply must not look complete`);
  assert.equal(typeof reply.error, 'string', `${where}: the stream must say that it failed`);
  if (wanted.error) assert.match(reply.error, wanted.error, where);
  if (row.surface === 'responses') assert.equal(reply.failed, 'failed', where);
  assert.equal(reply.text, kLong.split(' ').slice(0, wanted.broken).join(' '), `${where}: what had come is kept`);
}

function checkComplete(wanted, row, reply, where) {
  assert.equal(reply.status, 200, `${where}: ${reply.error}`);
  assert.equal(reply.error, undefined, where);
  assert.equal(reply.success, true, where);
  if (wanted.length) assert.equal(reply.text.length, wanted.length, where);
  else if (!wanted.anyText) assert.equal(reply.text, wanted.text, where);
  if (!wanted.anyText) assert.ok((wanted.finish ?? finishes[row.surface]).includes(reply.finish), `${where}: finish ${reply.finish}`);
  assert.ok(reply.usage.input > 0 && reply.usage.output > 0, `${where}: usage ${JSON.stringify(reply.usage)}`);
  // Anthropic's format has no way to leave the usage out: there the playground itself counts. Ollama's has no place for
  // the mark in a stream.
  if (wanted.usage !== 'estimated' || row.upstream === 'anthropic') return;
  if (row.surface === 'native') assert.equal(reply.estimated, true, where);
  else if (!row.stream) assert.equal(reply.headers['x-patchbay-estimated'], '1', where);
  else if (row.surface !== 'ollama') assert.equal(closingFacts(reply).usage_estimated, true, where);
}

let counter = 100_000; // "@R", beyond any real rate, makes each row's model unique in the playground's statistics
function rowsOf(fault) {
  const rows = [];
  for (const surface of Object.keys(surfaces))
    for (const upstream of upstreams)
      for (const stream of [true, false]) rows.push({ surface, upstream, stream, model: `fault-${fault}@${counter++}` });
  return rows;
}

describe('faults', { concurrency: 12 }, () => {
  for (const [fault, { both, stream: streamed = both, plain = both, width = 20 }] of Object.entries(faults))
    test(fault, async () => {
      const rows = rowsOf(fault);
      await inParallel(rows, width, async (row) => {
        const wanted = row.stream ? streamed : plain;
        const where = `${row.surface} ${row.stream ? 'streamed' : 'plain'} through ${row.upstream}`;
        const clocks = wanted.clocks ?? '';
        const reply = await ask(server.url, row.surface, `${row.upstream}${clocks}/${row.model}`, { stream: row.stream, prompt: kPrompt });
        assert.equal(reply.cut, undefined, `${where}: the answer itself must end well`);
        if (wanted.status) checkStatus(wanted, row, reply, where);
        else if (wanted.broken) checkBroken(wanted, row, reply, where);
        else checkComplete(wanted, row, reply, where);
        Object.assign(row, { wanted, where });
      });
      const counts = await asked();
      for (const { model, wanted, where } of rows)
        if (wanted.status && !wanted.once) // may be asked again, within the limit of one request
          assert.ok(counts[model] >= 1 && counts[model] <= 6, `${where}: asked ${counts[model]} times`);
        else assert.equal(counts[model], 1, `${where}: asked ${counts[model]} times`);
    });

  test('while another deployment is left, a late one is given up', async () => {
    const rows = Object.keys(surfaces).flatMap((surface) => upstreams.flatMap((upstream) => patient.map((fault) => ({ surface, upstream, fault }))));
    await inParallel(rows, 20, async ({ surface, upstream, fault }) => {
      const where = `${surface} through ${upstream} ${fault}`;
      const reply = await ask(server.url, surface, `spare-${upstream}-${fault}`, { stream: true, prompt: kPrompt });
      checkComplete(text(kPrompt), { surface, upstream, stream: true }, reply, where);
      assert.equal(reply.headers['x-patchbay-deployment'], 'openai/echo', where);
      assert.equal(reply.headers['x-patchbay-fallbacks'], '1', where);
    });
  });

  test('once', async () => {
    const rows = rowsOf('once');
    await inParallel(rows, 20, async (row) => {
      const where = `${row.surface} ${row.stream ? 'streamed' : 'plain'} through ${row.upstream}`;
      const model = `${row.upstream}/${row.model}`;
      const first = await ask(server.url, row.surface, model, { stream: row.stream, prompt: kPrompt });
      if (first.status !== 200) checkStatus(status(500), row, first, where); // without retries
      const second = await ask(server.url, row.surface, model, { stream: row.stream, prompt: kPrompt });
      checkComplete(text(kPrompt), row, second, where);
    });
  });
});
