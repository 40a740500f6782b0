// The Responses surface with the official client: whole, streamed, tools, and conversations continued by id.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { hardText, personSchema, startAll, upstreams, weatherParameters } from './harness.mjs';

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
