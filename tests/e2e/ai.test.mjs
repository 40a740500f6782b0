// Vercel's AI SDK with its openai-compatible and anthropic packages against the server.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, jsonSchema, streamText, tool, Output } from 'ai';
import { hardText, personSchema, startAll, upstreams, weatherParameters } from './harness.mjs';

let all;
const providers = {};
before(async () => {
  all = await startAll();
  providers['openai-compatible'] = createOpenAICompatible({
    name: 'patchbay', apiKey: 'k', baseURL: `${all.url}/v1`, includeUsage: true, supportsStructuredOutputs: true });
  providers.anthropic = createAnthropic({ apiKey: 'k', baseURL: `${all.url}/v1` });
});
after(() => all.stop());

for (const kind of ['openai-compatible', 'anthropic'])
  for (const upstream of upstreams)
    describe(`${kind} through ${upstream}`, () => {
      const at = (name) => providers[kind](`${upstream}/${name}`);

      test('text, whole and streamed', async () => {
        const whole = await generateText({ model: at('echo'), prompt: hardText, maxRetries: 0 });
        assert.equal(whole.text, hardText);
        assert.equal(whole.finishReason, 'stop');
        assert.ok(whole.usage.inputTokens > 0 && whole.usage.outputTokens > 0);
        const streamed = streamText({ model: at('echo'), prompt: hardText, maxRetries: 0 });
        assert.equal(await streamed.text, hardText);
        assert.equal((await streamed.usage).outputTokens, whole.usage.outputTokens);
      });

      test('tools', async () => {
        const reply = await generateText({
          model: at('echo'), prompt: 'please get_weather', maxRetries: 0,
          tools: { get_weather: tool({ description: 'weather', inputSchema: jsonSchema(weatherParameters) }) } });
        assert.equal(reply.finishReason, 'tool-calls');
        assert.deepEqual(reply.toolCalls.map((c) => [c.toolName, c.input.days]), [['get_weather', 1]]);
      });

      test('structured output', async () => {
        const reply = await generateText({
          model: at('echo'), prompt: 'Ada', maxRetries: 0,
          // For models it does not know, the package would force a tool call, which Ollama's API has no word for.
          providerOptions: { anthropic: { structuredOutputMode: 'outputFormat' } },
          output: Output.object({ schema: jsonSchema(personSchema) }) });
        assert.deepEqual(reply.output, { name: 'Ada', age: 1 });
      });

      test('errors and broken streams', async () => {
        await assert.rejects(generateText({ model: at('fault-error-400'), prompt: 'x', maxRetries: 0 }), (e) => e.statusCode === 400);
        let failed = null;
        const stream = streamText({ model: at('fault-cut'), prompt: 'x', maxRetries: 0, onError: ({ error }) => (failed = error) });
        let text = '';
        for await (const part of stream.fullStream) if (part.type === 'text-delta') text += part.text ?? part.delta ?? '';
        assert.ok(text.startsWith('token1'));
        assert.ok(failed, 'the cut is reported');
      });
    });
