// The server's surfaces as a plain reader sees them: the request of each, and what its answer says. No vendor's client,
// so that what is broken shows as it came over the wire.
import http from 'node:http';
import https from 'node:https';

const asMessages = (prompt) => [{ role: 'user', content: prompt }];

/** path, body and the meaning of each event; `success` is the mark without which a reply must not count as complete. */
export const surfaces = {
  openai: {
    path: '/v1/chat/completions',
    body: (model, prompt, stream) => ({ model, messages: asMessages(prompt), stream, ...(stream && { stream_options: { include_usage: true } }) }),
    event(data, reply) {
      if (data === '[DONE]') return void (reply.success = reply.finish !== undefined);
      if (data.error) reply.error = data.error.message;
      const choice = data.choices?.[0];
      reply.text += choice?.delta?.content ?? '';
      reply.finish = choice?.finish_reason ?? reply.finish;
      if (data.usage) reply.usage = { input: data.usage.prompt_tokens, output: data.usage.completion_tokens };
    },
    whole(body, reply) {
      reply.error = body.error?.message;
      const choice = body.choices?.[0];
      reply.text = choice?.message?.content ?? '';
      reply.refusal = choice?.message?.refusal;
      reply.finish = choice?.finish_reason;
      reply.success = !reply.error && reply.finish !== undefined;
      if (body.usage) reply.usage = { input: body.usage.prompt_tokens, output: body.usage.completion_tokens };
    },
  },
  responses: {
    path: '/v1/responses',
    body: (model, prompt, stream) => ({ model, input: prompt, stream }),
    event(data, reply) {
      if (data.type === 'response.output_text.delta') reply.text += data.delta;
      if (data.type === 'error') reply.error = data.message;
      if (data.type === 'response.failed') reply.failed = data.response.status;
      if (data.type === 'response.created') reply.id = data.response.id;
      if (data.type === 'response.completed' || data.type === 'response.incomplete') {
        reply.success = true;
        reply.finish = data.response.incomplete_details?.reason ?? data.response.status;
        reply.usage = { input: data.response.usage?.input_tokens, output: data.response.usage?.output_tokens };
      }
    },
    whole(body, reply) {
      reply.error = body.error?.message;
      reply.id = body.id;
      for (const item of body.output ?? [])
        for (const part of item.content ?? []) reply.text += part.text ?? '';
      reply.finish = body.incomplete_details?.reason ?? body.status;
      reply.success = body.status === 'completed' || body.status === 'incomplete';
      if (body.usage) reply.usage = { input: body.usage.input_tokens, output: body.usage.output_tokens };
    },
  },
  anthropic: {
    path: '/v1/messages',
    body: (model, prompt, stream) => ({ model, max_tokens: 4096, messages: asMessages(prompt), stream }),
    headers: { 'anthropic-version': '2023-06-01' },
    event(data, reply) {
      if (data.type === 'content_block_delta') reply.text += data.delta.text ?? '';
      if (data.type === 'error') reply.error = data.error.message;
      if (data.type === 'message_delta') {
        reply.finish = data.delta.stop_reason ?? reply.finish;
        reply.usage = { input: data.usage?.input_tokens, output: data.usage?.output_tokens };
      }
      if (data.type === 'message_stop') reply.success = reply.finish !== undefined;
    },
    whole(body, reply) {
      reply.error = body.error?.message;
      for (const block of body.content ?? []) reply.text += block.text ?? '';
      reply.finish = body.stop_reason;
      reply.success = body.type === 'message';
      if (body.usage) reply.usage = { input: body.usage.input_tokens, output: body.usage.output_tokens };
    },
  },
  ollama: {
    path: '/api/chat',
    body: (model, prompt, stream) => ({ model, messages: asMessages(prompt), stream }),
    event(data, reply) {
      if (data.error) reply.error = data.error;
      reply.text += data.message?.content ?? '';
      if (data.done) {
        reply.success = true;
        reply.finish = data.done_reason;
        reply.usage = { input: data.prompt_eval_count, output: data.eval_count };
      }
    },
    whole(body, reply) {
      this.event(body, reply);
    },
  },
  native: {
    path: '/api/chat/stream',
    body: (model, prompt, stream) => ({ model, message: prompt, stream }),
    event(data, reply, name) {
      if (name === 'message') reply.text += data.delta;
      if (name === 'error') reply.error = data.message;
      if (name === 'usage') {
        reply.usage = { input: data.input_tokens, output: data.output_tokens };
        reply.estimated = data.estimated;
      }
      if (name === 'done') this.end(data, reply);
    },
    end(data, reply) {
      reply.finish = data.finish_reason;
      reply.id = data.conversation_id;
      reply.historyError = data.history_error;
      reply.success = !['error', 'stopped'].includes(data.finish_reason);
    },
    whole(body, reply) {
      reply.error = body.error?.message;
      if (reply.error !== undefined) return;
      reply.text = body.text;
      reply.usage = { input: body.usage.input_tokens, output: body.usage.output_tokens };
      reply.estimated = body.usage.estimated;
      this.end(body, reply);
    },
  },
};

/** Opens a request; `onData` gets each chunk. The returned request can be destroyed, as a client that goes away does. */
export function open(url, { method = 'POST', path, headers = {}, body, ca, onHead, onData, onEnd } = {}) {
  const secure = url.startsWith('https:');
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const request = (secure ? https : http).request(url + (path ?? ''), {
    method,
    ca,
    agent: false,
    headers: { ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }), ...headers },
  });
  request.on('response', (response) => {
    onHead?.(response);
    response.setEncoding('utf8');
    response.on('data', (chunk) => onData?.(chunk));
    response.on('end', () => onEnd?.(undefined));
    response.on('error', (error) => onEnd?.(error));
    response.on('aborted', () => onEnd?.(new Error('the answer broke off')));
  });
  request.on('error', (error) => onEnd?.(error));
  request.end(text);
  return request;
}

/** One chat request, read to its end. `cut` tells that the connection broke before the answer's end. */
export function ask(url, surface, model, { stream = false, prompt = 'hello', headers = {}, ca, onText, onHead } = {}) {
  const kind = surfaces[surface];
  const reply = { text: '', success: false, comments: [] };
  return new Promise((resolve) => {
    let rest = [];
    let raw = [];
    let lines = false;
    let name = '';
    const take = (line) => {
      if (line.startsWith(':')) return void reply.comments.push(line.slice(1).trim());
      if (!lines && line.startsWith('event:')) name = line.slice(6).trim();
      const data = lines ? line : line.startsWith('data:') ? line.slice(5).trim() : '';
      if (data === '') return;
      kind.event(data === '[DONE]' ? data : JSON.parse(data), reply, name);
      onText?.(reply);
    };
    open(url, {
      path: kind.path,
      headers: { ...kind.headers, ...headers },
      ca,
      body: kind.body(model, prompt, stream),
      onHead(response) {
        onHead?.(response);
        reply.status = response.statusCode;
        reply.headers = response.headers;
        const type = response.headers['content-type'] ?? '';
        reply.streamed = type.startsWith('text/event-stream') || type.startsWith('application/x-ndjson');
        lines = type.startsWith('application/x-ndjson');
      },
      onData(chunk) {
        if (!reply.streamed) return void raw.push(chunk);
        if (reply.keep) reply.keep.push(chunk);
        if (!chunk.includes('\n')) return void rest.push(chunk); // a huge event must not cost a join per chunk
        const parts = (rest.join('') + chunk).split('\n');
        rest = [parts.pop()];
        for (const line of parts) take(line);
      },
      onEnd(error) {
        if (error) reply.cut = error;
        else if (!reply.streamed) {
          reply.body = raw.join('');
          try {
            kind.whole(JSON.parse(reply.body), reply);
          } catch (failure) {
            reply.cut = failure;
          }
        }
        raw = rest = [];
        resolve(reply);
      },
    });
  });
}

/** What the server says about a streamed call in its closing comment. */
export function closingFacts(reply) {
  const comment = reply.comments.find((line) => line.startsWith('patchbay {'));
  return comment ? JSON.parse(comment.slice(9)) : undefined;
}

/** Runs `work` over `items`, at most `width` at a time. */
export async function inParallel(items, width, work) {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: Math.min(width, queue.length) }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}
