// The official Ollama client against the server, reaching every wire format upstream.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Ollama } from 'ollama';
import { hardText, personSchema, startAll, upstreams, weatherParameters } from './harness.mjs';

let all, client;
before(async () => {
  all = await startAll();
  client = new Ollama({ host: all.url });
});
after(() => all.stop());

const say = (content) => [{ role: 'user', content }];
const tool = (name) => ({ type: 'function', function: { name, description: name, parameters: weatherParameters } });

test('tags, show, ps, version', async () => {
  const names = (await client.list()).models.map((m) => m.name);
  assert.ok(names.includes('fast') && names.includes('gemini/echo'), names.join());
  assert.ok(Array.isArray((await client.show({ model: 'fast' })).capabilities));
  assert.deepEqual((await client.ps()).models, []);
  assert.match((await client.version()).version, /^\d+\.\d+\.\d+$/);
});

for (const upstream of upstreams) {
  describe(`through ${upstream}`, () => {
    const model = `${upstream}/echo`;

    test('chat, and the stream adds up to the same text', async () => {
      const whole = await client.chat({ model, messages: say(hardText) });
      assert.equal(whole.message.content, hardText);
      assert.equal(whole.done, true);
      assert.equal(whole.done_reason, 'stop');
      assert.ok(whole.prompt_eval_count > 0 && whole.eval_count > 0);
      let text = '', last;
      for await (const part of await client.chat({ model, messages: say(hardText), stream: true })) {
        text += part.message.content;
        last = part;
      }
      assert.equal(text, hardText);
      assert.equal(last.eval_count, whole.eval_count);
    });

    test('generate', async () => {
      assert.equal((await client.generate({ model, prompt: hardText })).response, hardText);
      let text = '';
      for await (const part of await client.generate({ model, prompt: hardText, stream: true })) text += part.response;
      assert.equal(text, hardText);
    });

    test('two tool calls and their results', async () => {
      const tools = [tool('get_weather'), tool('get_forecast')];
      const messages = say('please get_weather and get_forecast');
      const reply = await client.chat({ model, messages, tools });
      assert.deepEqual(reply.message.tool_calls.map((c) => [c.function.name, c.function.arguments.days]),
        [['get_weather', 1], ['get_forecast', 1]]);
      const answer = await client.chat({ model, tools, messages: [...messages, reply.message,
        { role: 'tool', tool_name: 'get_weather', content: 'result 0' }, { role: 'tool', tool_name: 'get_forecast', content: 'result 1 ☀' }] });
      assert.match(answer.message.content, /result 1 ☀/);
    });

    test('structured output, thinking and num_predict', async () => {
      const reply = await client.chat({ model, messages: say('Ada'), format: personSchema });
      assert.deepEqual(JSON.parse(reply.message.content), { name: 'Ada', age: 1 });
      const cut = await client.chat({ model, messages: say('one two three'), options: { num_predict: 2 } });
      assert.equal(cut.done_reason, 'length');
      assert.equal(cut.message.content, 'one two');
      const thought = await client.chat({ model, messages: say('why'), think: true });
      assert.equal(thought.message.content, 'why');
    });

    test('5,000 tokens, and 100 streams at once', async () => {
      let text = '';
      for await (const part of await client.chat({ model: `${upstream}/long:5000`, messages: say('go'), stream: true }))
        text += part.message.content;
      assert.ok(text.endsWith('token5000'));
      const texts = await Promise.all(Array.from({ length: 100 }, async (_, i) => {
        let one = '';
        for await (const part of await client.chat({ model, messages: say(`stream ${i} 流`), stream: true })) one += part.message.content;
        return one;
      }));
      assert.deepEqual(texts, Array.from({ length: 100 }, (_, i) => `stream ${i} 流`));
    });

    test('abort', async () => {
      const own = new Ollama({ host: all.url });
      const stream = await own.chat({ model: `${upstream}/long:5000@50`, messages: say('go'), stream: true });
      let seen = 0;
      await assert.rejects(async () => {
        for await (const _ of stream) if (++seen === 3) stream.abort();
      }, { name: 'AbortError' });
      assert.ok(seen < 100);
    });

    test('errors', async () => {
      await assert.rejects(client.chat({ model: `${upstream}/fault-error-404`, messages: say('x') }),
        (e) => e.status_code === 404 && e.error.length > 0);
      await assert.rejects(client.chat({ model: `${upstream}/fault-error-500`, messages: say('x') }), (e) => e.status_code === 500);
      for (const fault of ['cut', 'malformed', 'error-midstream']) {
        let text = '';
        await assert.rejects(async () => {
          for await (const part of await client.chat({ model: `${upstream}/fault-${fault}`, messages: say('x'), stream: true }))
            text += part.message.content;
        }, undefined, `${fault} through ${upstream}`);
        assert.ok(text.startsWith('token1'));
      }
    });
  });
}

test('embed', async () => {
  const reply = await client.embed({ model: 'openai/echo', input: ['a', '你好'] });
  assert.equal(reply.embeddings.length, 2);
  assert.equal(reply.embeddings[0].length, 8);
});
