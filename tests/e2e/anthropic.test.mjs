// The official Anthropic client against the server, reaching every wire format upstream.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { hardText, personSchema, startAll, upstreams, weatherParameters } from './harness.mjs';

let all, client;
before(async () => {
  all = await startAll();
  client = new Anthropic({ apiKey: 'not-ours', baseURL: all.url, maxRetries: 0 });
});
after(() => all.stop());

const ask = (model, content, more = {}) => ({ model, max_tokens: 10000, messages: [{ role: 'user', content }], ...more });
const tool = (name) => ({ name, description: name, input_schema: weatherParameters });

test('lists models in Anthropic\'s shape', async () => {
  const ids = [];
  for await (const model of client.models.list()) {
    assert.equal(model.type, 'model');
    ids.push(model.id);
  }
  assert.ok(ids.includes('fast') && ids.includes('openai/echo'));
  assert.equal((await client.models.retrieve('ollama/echo')).id, 'ollama/echo');
});

test('counts tokens', async () => {
  for (const upstream of upstreams) {
    const { data, response } = await client.messages
      .countTokens({ model: `${upstream}/echo`, messages: [{ role: 'user', content: 'how many tokens are these' }] })
      .withResponse();
    assert.ok(data.input_tokens > 4);
    const counts = upstream === 'anthropic' || upstream === 'gemini';
    assert.equal(response.headers.get('x-patchbay-estimated'), counts ? null : '1');
  }
});

for (const upstream of upstreams) {
  describe(`through ${upstream}`, () => {
    const model = `${upstream}/echo`;

    test('message, and the stream adds up to the same', async () => {
      const whole = await client.messages.create(ask(model, hardText, { system: 'be brief' }));
      assert.deepEqual(whole.content.map((b) => [b.type, b.text]), [['text', hardText]]);
      assert.equal(whole.stop_reason, 'end_turn');
      assert.equal(whole.model, model);
      assert.ok(whole.usage.input_tokens > 0 && whole.usage.output_tokens > 0);
      const streamed = await client.messages.stream(ask(model, hardText, { system: 'be brief' })).finalMessage();
      assert.deepEqual(streamed.content.map((b) => [b.type, b.text]), [['text', hardText]]);
      assert.equal(streamed.usage.output_tokens, whole.usage.output_tokens);
      assert.equal(streamed.usage.input_tokens, whole.usage.input_tokens);
    });

    test('two parallel tool calls and their results', async () => {
      const tools = [tool('get_weather'), tool('get_forecast')];
      const question = { role: 'user', content: 'please get_weather and get_forecast' };
      const reply = await client.messages.stream({ model, max_tokens: 1000, tools, messages: [question] }).finalMessage();
      const calls = reply.content.filter((b) => b.type === 'tool_use');
      assert.equal(reply.stop_reason, 'tool_use');
      assert.deepEqual(calls.map((c) => [c.name, c.input.days]), [['get_weather', 1], ['get_forecast', 1]]);
      const answer = await client.messages.create({
        model, max_tokens: 1000, tools,
        messages: [question, { role: 'assistant', content: reply.content },
          { role: 'user', content: calls.map((c, i) => ({ type: 'tool_result', tool_use_id: c.id, content: `result ${i} ☀` })) }] });
      assert.match(answer.content[0].text, /result 1 ☀/);
    });

    test('structured output', async () => {
      const reply = await client.messages.create(
        ask(model, 'Ada', { output_config: { format: { type: 'json_schema', schema: personSchema } } }));
      assert.deepEqual(JSON.parse(reply.content[0].text), { name: 'Ada', age: 1 });
    });

    test('thinking comes before the text', async () => {
      const reply = await client.messages
        .stream(ask(model, 'why', { thinking: { type: 'enabled', budget_tokens: 1024 } })).finalMessage();
      // The chat completions format has no budget and shows no reasoning by standard; the others do.
      if (upstream !== 'openai') assert.equal(reply.content[0].type, 'thinking');
      assert.equal(reply.content.at(-1).text, 'why');
    });

    test('max_tokens', async () => {
      const reply = await client.messages.create({ ...ask(model, 'one two three'), max_tokens: 2 });
      assert.equal(reply.stop_reason, 'max_tokens');
      assert.equal(reply.content[0].text, 'one two');
    });

    test('5,000 tokens, and 100 streams at once', async () => {
      const long = await client.messages.stream(ask(`${upstream}/long:5000`, 'go')).finalMessage();
      assert.ok(long.content[0].text.endsWith('token5000'));
      const texts = await Promise.all(Array.from({ length: 100 }, async (_, i) =>
        (await client.messages.stream(ask(model, `stream ${i} 流`)).finalMessage()).content[0].text));
      assert.deepEqual(texts, Array.from({ length: 100 }, (_, i) => `stream ${i} 流`));
    });

    test('abort ends the stream', async () => {
      const stream = client.messages.stream(ask(`${upstream}/long:5000@50`, 'go'));
      let seen = 0;
      await assert.rejects(async () => {
        for await (const event of stream)
          if (event.type === 'content_block_delta' && ++seen === 3) stream.abort();
      }, Anthropic.APIUserAbortError);
      assert.ok(seen < 100);
    });

    test('errors have the client\'s own classes', async () => {
      const fail = (fault) => client.messages.create(ask(`${upstream}/fault-${fault}`, 'x'));
      await assert.rejects(fail('error-400'), Anthropic.BadRequestError);
      await assert.rejects(fail('error-401'), Anthropic.AuthenticationError);
      await assert.rejects(fail('error-403'), Anthropic.PermissionDeniedError);
      await assert.rejects(fail('error-404'), Anthropic.NotFoundError);
      await assert.rejects(fail('rate-limit'), Anthropic.RateLimitError);
      await assert.rejects(fail('error-500'), (e) => e.status === 500);
      await assert.rejects(fail('error-529'), (e) => e.status === 529);
    });

    test('a broken stream is never a short success', async () => {
      for (const fault of ['cut', 'malformed', 'error-midstream']) {
        let text = '';
        await assert.rejects(async () => {
          for await (const event of await client.messages.create({ ...ask(`${upstream}/fault-${fault}`, 'x'), stream: true }))
            if (event.type === 'content_block_delta') text += event.delta.text ?? '';
        }, undefined, `${fault} through ${upstream}`);
        assert.ok(text.startsWith('token1'));
      }
    });
  });
}

test('sampling parameters are refused under 2026-10-21 and taken under 2023-06-01', async () => {
  await assert.rejects(client.messages.create(ask('openai/echo', 'x', { temperature: 0.5 })), Anthropic.BadRequestError);
  const old = new Anthropic({
    apiKey: 'k', baseURL: all.url, maxRetries: 0,
    defaultHeaders: { 'anthropic-version': '2023-06-01', 'x-api-key': 'k', authorization: null } });
  assert.equal((await old.messages.create(ask('openai/echo', 'x', { temperature: 0.5 }))).content[0].text, 'x');
});

test('a base URL that already has /v1 works too', async () => {
  const doubled = new Anthropic({ apiKey: 'k', baseURL: `${all.url}/v1`, maxRetries: 0 });
  assert.equal((await doubled.messages.create(ask('openai/echo', 'x'))).content[0].text, 'x');
});

test('every answer names its request, errors in the middle of a stream too', async () => {
  const headers = { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' };
  const post = (path, body) => fetch(`${all.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const body = (model, stream) => ({ model, max_tokens: 100, messages: [{ role: 'user', content: 'x' }], stream });
  const whole = await post('/v1/messages', body('openai/echo', false));
  assert.equal(whole.headers.get('request-id'), whole.headers.get('x-patchbay-trace-id'));
  const broken = await post('/v1/messages', body('openai/fault-cut', true));
  const text = await broken.text();
  const error = JSON.parse(/^event: error\ndata: (.*)$/m.exec(text)[1]);
  assert.equal(error.request_id, broken.headers.get('request-id'));
  assert.ok(error.request_id);
  const counted = await post('/v1/messages/count_tokens', body('anthropic/echo', undefined));
  assert.equal(counted.headers.get('x-patchbay-deployment'), 'anthropic/echo');
  assert.equal(counted.headers.get('request-id'), counted.headers.get('x-patchbay-trace-id'));
});
