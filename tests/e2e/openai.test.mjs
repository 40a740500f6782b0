// The official OpenAI client against the server, reaching every wire format upstream.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { hardText, personSchema, startAll, upstreams, weatherParameters } from './harness.mjs';

let all, client;
before(async () => {
  all = await startAll();
  client = new OpenAI({ apiKey: 'not-ours', baseURL: `${all.url}/v1`, maxRetries: 0 });
});
after(() => all.stop());

const say = (content) => [{ role: 'user', content }];
const tool = (name) => ({ type: 'function', function: { name, description: name, parameters: weatherParameters } });

test('lists models, configured names first, and retrieves ids with slashes', async () => {
  const ids = (await client.models.list()).data.map((m) => m.id);
  assert.equal(ids[0], 'fast');
  for (const upstream of ['openai', 'anthropic', 'ollama', 'gemini']) assert.ok(ids.includes(`${upstream}/echo`), `${upstream} in ${ids}`);
  assert.ok(!ids.some((id) => id.includes('fault')));
  assert.equal((await client.models.retrieve('openai/echo')).id, 'openai/echo');

});

for (const upstream of upstreams) {
  describe(`through ${upstream}`, () => {
    const model = `${upstream}/echo`;

    test('chat, and the stream adds up to the same text', async () => {
      const whole = await client.chat.completions.create({ model, messages: say(hardText) });
      assert.equal(whole.choices[0].message.content, hardText);
      assert.equal(whole.choices[0].finish_reason, 'stop');
      assert.equal(whole.model, model);
      assert.ok(whole.usage.prompt_tokens > 0 && whole.usage.completion_tokens > 0);
      assert.equal(whole.usage.total_tokens, whole.usage.prompt_tokens + whole.usage.completion_tokens);
      let text = '';
      let usage = null;
      const ids = new Set();
      for await (const chunk of await client.chat.completions.create({
        model, messages: say(hardText), stream: true, stream_options: { include_usage: true },
      })) {
        ids.add(chunk.id);
        text += chunk.choices[0]?.delta?.content ?? '';
        if (chunk.usage) usage = chunk.usage;
      }
      assert.equal(text, hardText);
      assert.equal(ids.size, 1);
      assert.deepEqual(
        [usage.prompt_tokens, usage.completion_tokens], [whole.usage.prompt_tokens, whole.usage.completion_tokens]);
    });

    test('usage stays hidden from a stream that did not ask for it', async () => {
      for await (const chunk of await client.chat.completions.create({ model, messages: say('hi'), stream: true }))
        assert.ok(!chunk.usage && chunk.choices.length === 1);
    });

    test('the stream helper sees two parallel tool calls, and takes the results back', async () => {
      const tools = [tool('get_weather'), tool('get_forecast'), tool('unused')];
      const messages = say('please get_weather and get_forecast');
      const reply = await client.chat.completions.stream({ model, messages, tools }).finalChatCompletion();
      const calls = reply.choices[0].message.tool_calls;
      assert.equal(reply.choices[0].finish_reason, 'tool_calls');
      assert.deepEqual(calls.map((c) => c.function.name), ['get_weather', 'get_forecast']);
      for (const call of calls) assert.equal(JSON.parse(call.function.arguments).days, 1);
      assert.equal(new Set(calls.map((c) => c.id)).size, 2);
      const answer = await client.chat.completions.create({
        model, tools,
        messages: [...messages, reply.choices[0].message,
          ...calls.map((c, i) => ({ role: 'tool', tool_call_id: c.id, content: `result ${i} ☀` }))],
      });
      assert.match(answer.choices[0].message.content, /result 1 ☀/);
    });

    test('tool_choice forces a call', async () => {
      const asked = client.chat.completions.create({
        model, messages: say('nothing to see'), tools: [tool('get_weather')], tool_choice: 'required' });
      // Ollama's API has no tool_choice, and a wish that cannot be kept is refused.
      if (upstream === 'ollama')
        await assert.rejects(asked, (error) => error.status === 400 && error.param === 'tool_choice' && error.code === 'unsupported_parameter');
      else assert.equal((await asked).choices[0].message.tool_calls[0].function.name, 'get_weather');
    });

    test('structured output', async () => {
      const reply = await client.chat.completions.create({
        model, messages: say('Ada'),
        response_format: { type: 'json_schema', json_schema: { name: 'person', schema: personSchema, strict: true } } });
      assert.deepEqual(JSON.parse(reply.choices[0].message.content), { name: 'Ada', age: 1 });
    });

    test('system, image and max_tokens go through', async () => {
      const image = 'data:image/png;base64,iVBORw0KGgo=';
      const reply = await client.chat.completions.create({
        model, max_completion_tokens: 2,
        messages: [{ role: 'system', content: 'be brief' },
          { role: 'user', content: [{ type: 'text', text: 'one two three' }, { type: 'image_url', image_url: { url: image } }] }] });
      assert.equal(reply.choices[0].finish_reason, 'length');
      assert.equal(reply.choices[0].message.content, 'one two');
    });

    test('5,000 tokens arrive whole', async () => {
      let text = '';
      for await (const chunk of await client.chat.completions.create({
        model: `${upstream}/long:5000`, messages: say('go'), stream: true }))
        text += chunk.choices[0]?.delta?.content ?? '';
      assert.equal(text.split(' ').length, 5000);
      assert.ok(text.endsWith('token5000'));
    });

    test('100 streams at once', async () => {
      const texts = await Promise.all(Array.from({ length: 100 }, async (_, i) => {
        let text = '';
        for await (const chunk of await client.chat.completions.create({ model, messages: say(`stream ${i} 流`), stream: true }))
          text += chunk.choices[0]?.delta?.content ?? '';
        return text;
      }));
      assert.deepEqual(texts, Array.from({ length: 100 }, (_, i) => `stream ${i} 流`));
    });

    test('abort ends the stream', async () => {
      const stream = await client.chat.completions.create({ model: `${upstream}/long:5000@50`, messages: say('go'), stream: true });
      let seen = 0;
      for await (const _ of stream) if (++seen === 3) stream.controller.abort();
      assert.ok(seen >= 3 && seen < 100);
    });

    test('errors have the client\'s own classes', async () => {
      const ask = (fault) => client.chat.completions.create({ model: `${upstream}/fault-${fault}`, messages: say('x') });
      await assert.rejects(ask('error-400'), OpenAI.BadRequestError);
      await assert.rejects(ask('error-401'), OpenAI.AuthenticationError);
      await assert.rejects(ask('error-403'), OpenAI.PermissionDeniedError);
      await assert.rejects(ask('error-404'), OpenAI.NotFoundError);
      await assert.rejects(ask('error-422'), OpenAI.UnprocessableEntityError);
      await assert.rejects(ask('rate-limit'), (e) => e instanceof OpenAI.RateLimitError);
      await assert.rejects(ask('error-500'), OpenAI.InternalServerError);
      await assert.rejects(ask('html'), OpenAI.InternalServerError);
    });

    test('a broken stream is never a short success', async () => {
      for (const fault of ['cut', 'malformed', 'error-midstream']) {
        let text = '';
        await assert.rejects(async () => {
          for await (const chunk of await client.chat.completions.create({
            model: `${upstream}/fault-${fault}`, messages: say('x'), stream: true }))
            text += chunk.choices[0]?.delta?.content ?? '';
        }, undefined, `${fault} through ${upstream}`);
        assert.ok(text.startsWith('token1'), `${fault}: partial text is delivered`);
      }
    });

    test('an error as the first event becomes a status', async () => {
      await assert.rejects(
        client.chat.completions.create({ model: `${upstream}/fault-error-first`, messages: say('x'), stream: true }),
        (e) => e.status >= 500);
    });
  });
}

test('embeddings, base64 by default and floats on request', async () => {
  for (const upstream of ['openai', 'ollama', 'gemini']) {
    const coded = await client.embeddings.create({ model: `${upstream}/echo`, input: ['a', '你好'] });
    const plain = await client.embeddings.create({ model: `${upstream}/echo`, input: ['a', '你好'], encoding_format: 'float' });
    assert.equal(coded.data.length, 2);
    assert.equal(coded.data[0].embedding.length, 8);
    for (let i = 0; i < 8; ++i) assert.ok(Math.abs(coded.data[1].embedding[i] - plain.data[1].embedding[i]) < 1e-6);
  }
  await assert.rejects(client.embeddings.create({ model: 'anthropic/echo', input: 'a' }), (e) => e.status === 400);
});

test('a fallback answers while nothing was sent', async () => {
  const reply = await client.chat.completions.create({ model: 'spare', messages: say('hello') }).withResponse();
  assert.equal(reply.data.choices[0].message.content, 'hello');
  assert.equal(reply.response.headers.get('x-patchbay-deployment'), 'ollama/echo');
  assert.equal(reply.response.headers.get('x-patchbay-fallbacks'), '1');
});

test('"*" passes unlisted names through', async () => {
  const reply = await client.chat.completions.create({ model: 'long:3', messages: say('hello') });
  assert.equal(reply.choices[0].message.content, 'token1 token2 token3');
});

test('embeddings say who answered, and models to whom they belong', async () => {
  const reply = await fetch(`${all.url}/v1/embeddings`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ model: 'gemini/echo', input: 'a' }) });
  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get('x-patchbay-deployment'), 'gemini/echo');
  assert.equal(reply.headers.get('x-request-id'), reply.headers.get('x-patchbay-trace-id'));
  // Gemini reports no usage for embeddings.
  assert.equal(reply.headers.get('x-patchbay-estimated'), '1');
  assert.ok((await reply.json()).usage.prompt_tokens > 0);
  assert.equal((await client.models.retrieve('openai/unlisted')).owned_by, 'openai');
});
