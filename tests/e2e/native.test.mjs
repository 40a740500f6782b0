// Patchbay's own API on the real program: chats with a history over SSE and WebSocket, conversations, access rules.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { hardText, startAll, upstreams, weatherParameters } from './harness.mjs';

let all;
before(async () => (all = await startAll()));
after(() => all.stop());

const call = async (method, path, body, headers = {}) => {
  const reply = await fetch(all.url + path, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await reply.text();
  const isJson = reply.headers.get('content-type')?.startsWith('application/json');
  return { status: reply.status, headers: reply.headers, text, body: isJson ? JSON.parse(text) : undefined };
};

const parseEvents = (text) =>
  text.split('\n\n').filter((block) => block && !block.startsWith(':')).map((block) => ({
    name: /^event: (.*)$/m.exec(block)[1],
    data: JSON.parse(/^data: (.*)$/m.exec(block)[1]),
  }));

const chat = async (body) => {
  const reply = await call('POST', '/api/chat/stream', body);
  assert.equal(reply.status, 200, reply.text);
  const events = parseEvents(reply.text);
  return {
    events,
    text: events.filter((e) => e.name === 'message').map((e) => e.data.delta).join(''),
    done: events.at(-1).data,
    last: events.at(-1).name,
  };
};

/** Node's fetch does not let Host be set. */
const raw = (headers, method = 'GET', path = '/api/conversations', body = '') =>
  new Promise((resolve, reject) => {
    const call = request(all.url + path, { method, headers }, (reply) => {
      let text = '';
      reply.on('data', (data) => (text += data)).on('end', () => resolve({ status: reply.statusCode, body: JSON.parse(text) }));
    });
    call.on('error', reject).end(body);
  });

for (const upstream of upstreams) {
  describe(`through ${upstream}`, () => {
    const model = `${upstream}/echo`;

    test('a chat is streamed, kept and continued', async () => {
      const first = await chat({ model, message: hardText });
      assert.equal(first.text, hardText);
      assert.equal(first.last, 'done');
      assert.equal(first.done.finish_reason, 'stop');
      const usage = first.events.find((e) => e.name === 'usage').data;
      assert.ok(usage.input_tokens > 0 && usage.output_tokens > 0);
      const { conversation_id, message_id, user_message_id, trace_id } = first.done;
      assert.ok(trace_id);
      const second = await chat({ message: 'and now?', conversation_id });
      assert.equal(second.done.conversation_id, conversation_id);
      const { body } = await call('GET', `/api/conversations/${conversation_id}`);
      assert.equal(body.model, model);
      assert.deepEqual(body.messages.map((m) => m.role), ['user', 'assistant', 'user', 'assistant']);
      assert.deepEqual(body.active_path, body.messages.map((m) => m.id));
      assert.equal(body.messages[0].id, user_message_id);
      assert.equal(body.messages[1].id, message_id);
      assert.equal(body.messages[1].text, hardText);
      assert.equal(body.messages[1].status, 'complete');
      assert.equal(body.messages[1].trace_id, trace_id);
    });

    test('whole, with tools, in a schema, without a trace in the history', async () => {
      const whole = await call('POST', '/api/chat/stream', { model, message: hardText, stream: false, store: false });
      assert.equal(whole.body.text, hardText);
      assert.equal(whole.body.conversation_id, null);
      const tools = [{ type: 'function', function: { name: 'get_weather', parameters: weatherParameters } }];
      const called = await chat({ model, message: 'get_weather', tools, store: false });
      assert.equal(called.done.finish_reason, 'tool_calls');
      const tool = called.events.find((e) => e.name === 'tool_call').data;
      assert.equal(tool.name, 'get_weather');
      assert.equal(JSON.parse(tool.arguments).days, 1);
      const answer = await chat({ model, tools, store: false, messages: [
        { role: 'user', content: 'get_weather' },
        { role: 'assistant', tool_calls: [{ id: tool.id, type: 'function', function: { name: tool.name, arguments: tool.arguments } }] },
        { role: 'tool', tool_call_id: tool.id, content: 'sunny ☀' }] });
      assert.match(answer.text, /sunny ☀/);
    });

    test('a cut stream is an error event, and the partial is kept', async () => {
      const cut = await chat({ model: `${upstream}/fault-cut:3`, message: 'x' });
      assert.match(cut.text, /^token1 token2/);
      assert.equal(cut.events.at(-2).name, 'error');
      assert.ok(cut.events.at(-2).data.code && cut.events.at(-2).data.message);
      assert.equal(cut.done.finish_reason, 'error');
      const { body } = await call('GET', `/api/conversations/${cut.done.conversation_id}`);
      assert.equal(body.messages[1].status, 'error');
      assert.equal(body.messages[1].text, cut.text);
    });

    test('an error before the first token is a status', async () => {
      const reply = await call('POST', '/api/chat/stream', { model: `${upstream}/fault-error-500`, message: 'x' });
      assert.equal(reply.status, 500);
      assert.ok(reply.body.error.code && reply.body.error.message && reply.body.error.hint);
    });

    test('leaving stops the upstream and keeps the partial', async () => {
      const controller = new AbortController();
      const reply = await fetch(`${all.url}/api/chat/stream`, {
        method: 'POST', signal: controller.signal, headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: `${upstream}/long:5000@50`, message: 'go' }) });
      const id = reply.headers.get('x-patchbay-conversation-id');
      await reply.body.getReader().read();
      controller.abort();
      for (let tries = 0; ; ++tries) {
        const { body } = await call('GET', `/api/conversations/${id}`);
        if (body.messages[1].status === 'stopped') {
          assert.match(body.messages[1].text, /^token1/);
          break;
        }
        assert.ok(tries < 100, body.messages[1].status);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
  });
}

test('edit, regenerate, branch, select', async () => {
  const { done } = await chat({ model: 'fast', message: 'one' });
  const id = done.conversation_id;
  const again = await chat({ regenerate: done.message_id });
  assert.equal(again.done.conversation_id, id);
  const edited = await chat({ message: 'uno', conversation_id: id, parent_id: '' });
  assert.equal(edited.text, 'uno');
  const tree = (await call('GET', `/api/conversations/${id}`)).body;
  assert.equal(tree.messages.length, 5);
  assert.equal(tree.messages.filter((m) => m.parent_id === done.user_message_id).length, 2);
  assert.equal(tree.active_leaf, edited.done.message_id);
  const selected = await call('POST', `/api/conversations/${id}/select`, { message_id: done.message_id });
  assert.equal(selected.body.active_leaf, done.message_id);
  const branch = await call('POST', `/api/conversations/${id}/branch`, { message_id: done.message_id });
  assert.equal(branch.status, 201);
  assert.notEqual(branch.body.id, id);
  assert.equal((await call('GET', `/api/conversations/${branch.body.id}`)).body.messages.length, 2);
  assert.equal((await call('POST', `/api/conversations/${id}/branch`, { message_id: 'none' })).status, 404);
});

test('create, change, list in pages, trash, restore, remove', async () => {
  const made = await call('POST', '/api/conversations', { title: 'Plan', folder: 'work', system_prompt: 'S', parameters: { max_tokens: 2 } });
  assert.equal(made.status, 201);
  const id = made.body.id;
  const cut = await chat({ model: 'openai/echo', message: 'one two three', conversation_id: id });
  assert.equal(cut.done.finish_reason, 'length'); // the conversation's parameters count
  await call('POST', '/api/conversations', { folder: 'work' });
  const patched = await call('PATCH', `/api/conversations/${id}`, { title: 'Plan B', pinned: true });
  assert.deepEqual([patched.body.title, patched.body.pinned, patched.body.folder], ['Plan B', true, 'work']);
  const first = (await call('GET', '/api/conversations?folder=work&limit=1')).body;
  assert.deepEqual(first.conversations.map((c) => c.id), [id]);
  const second = (await call('GET', `/api/conversations?folder=work&limit=1&cursor=${encodeURIComponent(first.next_cursor)}`)).body;
  assert.equal(second.conversations.length, 1);
  assert.equal(second.next_cursor, null);
  assert.equal((await call('DELETE', `/api/conversations/${id}`)).status, 200);
  assert.ok(!(await call('GET', '/api/conversations')).body.conversations.some((c) => c.id === id));
  assert.ok((await call('GET', '/api/conversations?trash=true')).body.conversations.some((c) => c.id === id));
  assert.equal((await call('POST', `/api/conversations/${id}/restore`)).body.deleted_at, null);
  assert.equal((await call('DELETE', `/api/conversations/${id}?permanent=true`)).status, 200);
  const gone = await call('GET', `/api/conversations/${id}`);
  assert.equal(gone.status, 404);
  assert.equal(gone.body.error.code, 'not_found');
});

test('search finds one Chinese character', async () => {
  const { done } = await chat({ model: 'fast', message: '今天天气很好，我们去颐和园' });
  for (const q of ['颐', '颐和', '天气']) {
    const { body } = await call('GET', `/api/conversations/search?q=${encodeURIComponent(q)}`);
    const hit = body.hits.find((h) => h.message_id === done.user_message_id);
    assert.equal(hit.conversation_id, done.conversation_id);
    assert.equal(hit.match, q);
    assert.equal(typeof body.total, 'string');
  }
  assert.deepEqual((await call('GET', `/api/conversations/search?q=${encodeURIComponent('鼋')}`)).body.hits, []);
});

test('export', async () => {
  const { done } = await chat({ model: 'fast', message: '<script>alert(1)</script> 你好' });
  for (const [format, type] of [['md', 'text/markdown'], ['json', 'application/json'], ['html', 'text/html']]) {
    const file = await call('GET', `/api/conversations/${done.conversation_id}/export?format=${format}`);
    assert.equal(file.status, 200);
    assert.ok(file.headers.get('content-type').startsWith(type));
    assert.match(file.headers.get('content-disposition'), /^attachment; filename="[\w.-]+"$/);
    assert.match(file.text, /你好/);
    if (format === 'html') assert.doesNotMatch(file.text, /<script>alert/);
  }
  assert.equal((await call('GET', `/api/conversations/${done.conversation_id}/export?format=exe`)).status, 400);
});

test('two chats on one WebSocket, one of them cancelled', async () => {
  const socket = new WebSocket(all.url.replace('http', 'ws') + '/api/ws');
  await new Promise((resolve, reject) => ((socket.onopen = resolve), (socket.onerror = reject)));
  const done = {};
  const text = { a: '', b: '' };
  let finished;
  const both = new Promise((resolve) => (finished = resolve));
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === 'message') text[message.id] += message.delta;
    if (message.type === 'message' && message.id === 'a') socket.send(JSON.stringify({ type: 'cancel', id: 'a' }));
    if (message.type === 'done') done[message.id] = message;
    if (done.a && done.b) finished();
  };
  socket.send(JSON.stringify({ type: 'chat', id: 'a', model: 'anthropic/long:5000@50', message: 'go' }));
  socket.send(JSON.stringify({ type: 'chat', id: 'b', model: 'gemini/echo', message: hardText }));
  await both;
  socket.close();
  assert.equal(done.a.finish_reason, 'stopped');
  assert.equal(done.b.finish_reason, 'stop');
  assert.equal(text.b, hardText);
  const { body } = await call('GET', `/api/conversations/${done.a.conversation_id}`);
  assert.equal(body.messages[1].status, 'stopped');
  assert.ok(body.messages[1].text.startsWith(text.a.trimEnd()) && text.a.length > 0);
});

test('what is refused, and how', async () => {
  const json = { 'content-type': 'application/json' };
  const form = await fetch(`${all.url}/api/chat/stream`, { method: 'POST', body: '{"message":"x"}' });
  assert.equal(form.status, 415);
  assert.equal((await form.json()).error.code, 'unsupported_media_type');
  assert.equal((await raw({ host: 'evil.example' })).status, 403);
  assert.equal((await raw({ origin: 'https://evil.example' })).body.error.code, 'permission');
  assert.equal((await raw({ ...json, origin: 'https://evil.example' }, 'POST', '/api/chat/stream', '{"message":"x"}')).status, 403);
  assert.equal((await raw({ origin: all.url })).status, 200);
  for (const header of ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key']) {
    const wrong = await call('GET', '/api/conversations', undefined, { [header]: header === 'authorization' ? 'Bearer pb_wrong' : 'pb_wrong' });
    assert.equal(wrong.status, 401);
    assert.equal(wrong.body.error.code, 'authentication');
  }
  assert.equal((await call('GET', '/api/conversations', undefined, { 'x-api-key': 'sk-another' })).status, 200);
  assert.equal((await call('POST', '/api/chat/stream', { message: 'x', model: 'no/such' })).status, 404);
  assert.equal((await call('POST', '/api/chat/stream', {})).status, 400);
  const method = await call('PUT', '/api/conversations', {});
  assert.equal(method.status, 405);
  assert.equal(method.body.error.code, 'method_not_allowed');
});

test('the description can be read and its references lead somewhere', async () => {
  const { body } = await call('GET', '/openapi.json');
  assert.match(body.openapi, /^3\.1\./);
  const check = (value) => {
    if (value === null || typeof value !== 'object') return;
    if (typeof value.$ref === 'string')
      assert.ok(value.$ref.slice(2).split('/').reduce((at, key) => at?.[key.replaceAll('~1', '/')], body), value.$ref);
    Object.values(value).forEach(check);
  };
  check(body);
  assert.ok(body.paths['/api/chat/stream'].post);
});

test('Ollama asks for a model to be loaded', async () => {
  const loaded = await call('POST', '/api/generate', { model: 'fast' });
  assert.equal(loaded.body.done_reason, 'load');
  const old = await call('POST', '/api/embeddings', { model: 'openai/echo', prompt: '你好' });
  assert.equal(old.body.embedding.length, 8);
});
