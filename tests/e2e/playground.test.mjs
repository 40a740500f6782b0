// Official clients read the playground directly: it is faithful to each format.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { hardText, personSchema, startPlayground, weatherParameters } from './harness.mjs';

let playground;
before(async () => (playground = await startPlayground()));
after(() => playground.stop());

const tools = [{ type: 'function', function: { name: 'get_weather', parameters: weatherParameters } }];

test('openai chat', async () => {
  const client = new OpenAI({ apiKey: 'k', baseURL: `${playground.url}/v1`, maxRetries: 0 });
  const stream = client.chat.completions.stream({
    model: 'echo', messages: [{ role: 'user', content: hardText }], stream_options: { include_usage: true } });
  const reply = await stream.finalChatCompletion();
  assert.equal(reply.choices[0].message.content, hardText);
  assert.ok(reply.usage.completion_tokens > 0);
  const called = await client.chat.completions.stream({
    model: 'echo', messages: [{ role: 'user', content: 'get_weather' }], tools }).finalChatCompletion();
  assert.equal(called.choices[0].message.tool_calls[0].function.name, 'get_weather');
  assert.ok((await client.models.list()).data.every((m) => m.owned_by === 'playground'));
});

test('openai responses', async () => {
  const client = new OpenAI({ apiKey: 'k', baseURL: `${playground.url}/v1`, maxRetries: 0 });
  const whole = await client.responses.create({ model: 'echo', input: hardText });
  assert.equal(whole.output_text, hardText);
  const stream = client.responses.stream({ model: 'echo', input: hardText, reasoning: { effort: 'low', summary: 'auto' } });
  const kinds = [];
  for await (const event of stream) kinds.push(event.type);
  const final = await stream.finalResponse();
  assert.equal(final.output_text, hardText);
  assert.ok(kinds.includes('response.reasoning_summary_text.delta'));
  const called = await client.responses.create({
    model: 'echo', input: 'get_weather', tools: [{ type: 'function', name: 'get_weather', parameters: weatherParameters, strict: true }] });
  assert.equal(called.output.find((o) => o.type === 'function_call').name, 'get_weather');
});

test('anthropic', async () => {
  const client = new Anthropic({ apiKey: 'k', baseURL: playground.url, maxRetries: 0 });
  const reply = await client.messages.stream({
    model: 'echo', max_tokens: 2000, messages: [{ role: 'user', content: hardText }], thinking: { type: 'enabled', budget_tokens: 1024 } }).finalMessage();
  assert.equal(reply.content[0].type, 'thinking');
  assert.ok(reply.content[0].signature.length > 0);
  assert.equal(reply.content[1].text, hardText);
});

test('ollama', async () => {
  const client = new Ollama({ host: playground.url });
  const reply = await client.chat({ model: 'echo', messages: [{ role: 'user', content: 'Ada' }], format: personSchema });
  assert.deepEqual(JSON.parse(reply.message.content), { name: 'Ada', age: 1 });
});

for (const version of ['v1', 'v1beta'])
  test(`gemini ${version}`, async () => {
    const client = new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: playground.url, apiVersion: version } });
    const whole = await client.models.generateContent({ model: 'echo', contents: hardText });
    assert.equal(whole.text, hardText);
    let text = '', usage;
    for await (const chunk of await client.models.generateContentStream({ model: 'echo', contents: hardText })) {
      text += chunk.text ?? '';
      usage = chunk.usageMetadata ?? usage;
    }
    assert.equal(text, hardText);
    assert.ok(usage.totalTokenCount > 0);
    const counted = await client.models.countTokens({ model: 'echo', contents: 'how many' });
    assert.ok(counted.totalTokens > 0);
    const called = await client.models.generateContent({
      model: 'echo', contents: 'get_weather',
      config: { tools: [{ functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: weatherParameters }] }] } });
    assert.equal(called.functionCalls[0].name, 'get_weather');
  });

test('embeddings follow the fault models', async () => {
  const client = new OpenAI({ apiKey: 'k', baseURL: `${playground.url}/v1`, maxRetries: 0 });
  const embed = (model) => client.embeddings.create({ model, input: 'a' });
  assert.equal((await embed('echo')).data.length, 1);
  await assert.rejects(embed('fault-error-503'), (error) => error.status === 503);
  await assert.rejects(embed('fault-rate-limit'), OpenAI.RateLimitError);
  await assert.rejects(embed('fault-reset'), OpenAI.APIConnectionError);
  await assert.rejects(embed('none'), OpenAI.NotFoundError);
});
