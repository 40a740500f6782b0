// The Responses surface with the official client: whole, streamed, tools, and conversations continued by id.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { configFor, hardText, personSchema, startAll, startServer, upstreams, weatherParameters } from './harness.mjs';

let all, client;
before(async () => {
  all = await startAll();
  client = new OpenAI({ apiKey: 'k', baseURL: `${all.url}/v1`, maxRetries: 0 });
});
after(() => all.stop());

for (const upstream of upstreams)
  describe(`through ${upstream}`, () => {
    const model = `${upstream}/echo`;

    test('whole and streamed are the same', async () => {
      const whole = await client.responses.create({ model, input: hardText, instructions: 'be brief' });
      assert.equal(whole.output_text, hardText);
      assert.equal(whole.status, 'completed');
      assert.ok(whole.usage.input_tokens > 0 && whole.usage.output_tokens > 0);
      const streamed = await client.responses.stream({ model, input: hardText, instructions: 'be brief' }).finalResponse();
      assert.equal(streamed.output_text, hardText);
      assert.equal(streamed.usage.output_tokens, whole.usage.output_tokens);
    });

    test('tools, structured output and limits', async () => {
      const called = await client.responses.create({
        model, input: 'get_weather and get_forecast please',
        tools: ['get_weather', 'get_forecast'].map((name) => ({ type: 'function', name, parameters: weatherParameters, strict: true })) });
      assert.deepEqual(called.output.filter((o) => o.type === 'function_call').map((o) => o.name), ['get_weather', 'get_forecast']);
      const person = await client.responses.create({
        model, input: 'Ada', text: { format: { type: 'json_schema', name: 'person', schema: personSchema, strict: true } } });
      assert.deepEqual(JSON.parse(person.output_text), { name: 'Ada', age: 1 });
      const cut = await client.responses.create({ model, input: 'one two three', max_output_tokens: 2 });
      assert.equal(cut.status, 'incomplete');
      assert.equal(cut.incomplete_details.reason, 'max_output_tokens');
    });
  });

test('previous_response_id continues, store:false is honoured, stored responses can be read and deleted', async () => {
  const first = await client.responses.create({ model: 'openai/echo', input: 'first' });
  const second = await client.responses.create({
    model: 'openai/echo', previous_response_id: first.id,
    input: 'please get_weather', tools: [{ type: 'function', name: 'get_weather', parameters: weatherParameters, strict: true }] });
  assert.equal(second.previous_response_id, first.id);
  assert.equal(first.previous_response_id, null);
  assert.equal(first.store, true);
  assert.equal((await client.responses.retrieve(second.id)).previous_response_id, first.id);
  const call = second.output.find((o) => o.type === 'function_call');
  const third = await client.responses.create({
    model: 'openai/echo', previous_response_id: second.id,
    input: [{ type: 'function_call_output', call_id: call.call_id, output: 'sunny ☀' }],
    tools: [{ type: 'function', name: 'get_weather', parameters: weatherParameters, strict: true }] });
  assert.equal(third.output_text, 'sunny ☀');
  assert.ok(third.usage.input_tokens > first.usage.input_tokens, 'the earlier turns are sent along');
  assert.equal((await client.responses.retrieve(first.id)).output_text, 'first');
  await client.responses.delete(first.id);
  await assert.rejects(client.responses.retrieve(first.id), (e) => e.status >= 400);
  const secret = await client.responses.create({ model: 'openai/echo', input: 'x', store: false });
  await assert.rejects(client.responses.create({ model: 'openai/echo', input: 'y', previous_response_id: secret.id }),
    (e) => e.status === 400 && e.code === 'previous_response_not_found');
});

test('without a history nothing is stored, and the reply says so', async () => {
  const server = await startServer({ config: `${configFor(all.playground.url)}[history]\nenabled = false\n` });
  try {
    const forgetful = new OpenAI({ apiKey: 'k', baseURL: `${server.url}/v1`, maxRetries: 0 });
    assert.equal((await forgetful.responses.create({ model: 'openai/echo', input: 'x' })).store, false);
    const streamed = await forgetful.responses.stream({ model: 'openai/echo', input: 'x', store: true }).finalResponse();
    assert.equal(streamed.store, false);
  } finally {
    await server.stop();
  }
});

test('what only the vendor has is passed to it and refused elsewhere', async () => {
  const search = { input: 'x', tools: [{ type: 'web_search' }] };
  await client.responses.create({ ...search, model: 'responses/echo' });
  for (const upstream of ['openai', 'anthropic', 'ollama', 'gemini']) {
    await assert.rejects(client.responses.create({ ...search, model: `${upstream}/echo` }),
      (e) => e.status === 400 && e.param === 'tools' && /web_search/.test(e.message) && /responses/.test(e.message));
    await assert.rejects(client.responses.create({ input: 'x', prompt: { id: 'pmpt_1' }, model: `${upstream}/echo` }),
      (e) => e.status === 400 && e.param === 'prompt');
  }
});

test('items can be referred to by id', async () => {
  const first = await client.responses.create({ model: 'openai/echo', input: 'first' });
  const next = await client.responses.create({
    model: 'anthropic/echo',
    input: [{ type: 'item_reference', id: first.output[0].id }, { role: 'user', content: 'second' }] });
  assert.equal(next.output_text, 'second');
  await assert.rejects(
    client.responses.create({ model: 'openai/echo', input: [{ type: 'item_reference', id: 'msg_nothing00' }, { role: 'user', content: 'x' }] }),
    OpenAI.BadRequestError);
});

test('errors and broken streams', async () => {
  await assert.rejects(client.responses.create({ model: 'openai/fault-error-400', input: 'x' }), OpenAI.BadRequestError);
  await assert.rejects(client.responses.create({ model: 'openai/fault-rate-limit', input: 'x' }), OpenAI.RateLimitError);
  await assert.rejects(async () => {
    for await (const event of await client.responses.create({ model: 'openai/fault-cut', input: 'x', stream: true }))
      assert.notEqual(event.type, 'response.completed');
  });
});
