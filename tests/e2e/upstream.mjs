// An upstream on bare sockets that speaks OpenAI's chat format and notes when its connections are closed. The model's
// name says what it does: silent (never answers), headers (status and headers, then nothing), tokens (one token every
// 10 ms without end), echo (one short answer), mirror (an error that repeats the request's headers).
import net from 'node:net';

function parse(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line, ...fields] = text.slice(0, end).split('\r\n');
  const headers = {};
  for (const field of fields) headers[field.slice(0, field.indexOf(':')).toLowerCase()] = field.slice(field.indexOf(':') + 1).trim();
  const body = text.slice(end + 4);
  if (body.length < Number(headers['content-length'] ?? 0)) return undefined;
  return { line, headers, head: text.slice(0, end), body: body ? JSON.parse(body) : {} };
}

const answer = (status, type, body) =>
  `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const chunk = (text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const event = (data) => chunk(`data: ${JSON.stringify(data)}\n\n`);
const streamHead = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n';

function serve(call, socket) {
  const model = call.body.model ?? '';
  const say = (content, finish = null) => ({
    id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model,
    choices: [{ index: 0, delta: content === null ? {} : { content }, finish_reason: finish }],
  });
  if (model.startsWith('silent')) return;
  if (model.startsWith('mirror')) {
    const message = `Incorrect API key provided: ${call.headers.authorization ?? call.headers['x-api-key']}. Your request was: ${call.head}`;
    return void socket.write(answer('401 Unauthorized', 'application/json', JSON.stringify({
      error: { message, type: 'invalid_request_error', param: call.headers.authorization, code: 'invalid_api_key' } })));
  }
  if (model.startsWith('page')) return void socket.write(answer('500 Oops', 'text/html', `<html>${call.head}</html>`));
  if (!call.body.stream && model.startsWith('tokens'))
    return void socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{"id":');
  if (!call.body.stream)
    return void socket.write(answer('200 OK', 'application/json', JSON.stringify({
      id: 'chatcmpl-1', object: 'chat.completion', created: 1, model,
      choices: [{ index: 0, message: { role: 'assistant', content: 'pong' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } })));
  socket.write(streamHead);
  if (model.startsWith('headers')) return;
  if (model.startsWith('late-mirror')) {
    socket.write(event(say('pong ')));
    return void socket.write(event({ error: { message: `you sent ${call.headers.authorization}`, type: 'server_error' } }));
  }
  if (model.startsWith('tokens')) {
    const timer = setInterval(() => socket.writable && socket.write(event(say('tick '))), 10);
    return void socket.on('close', () => clearInterval(timer));
  }
  socket.write(event(say('pong')) + event(say(null, 'stop')) + chunk('data: [DONE]\n\n') + '0\r\n\r\n');
}

/** `calls` holds every request: {headers, body, begun, closed: promise of the time at which its connection ended}. */
export async function startUpstream() {
  const calls = [];
  const sockets = new Set();
  const waiting = [];
  const server = net.createServer({ allowHalfOpen: false, noDelay: true }, (socket) => {
    sockets.add(socket);
    let text = '';
    let closed;
    const ended = new Promise((resolve) => (closed = () => resolve(performance.now())));
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      const call = parse(text);
      if (!call) return;
      text = '';
      Object.assign(call, { begun: performance.now(), closed: ended });
      calls.push(call);
      for (const wake of waiting.splice(0)) wake();
      serve(call, socket);
    });
    socket.on('end', closed);
    socket.on('error', closed);
    socket.on('close', () => (closed(), sockets.delete(socket)));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    url: `http://127.0.0.1:${server.address().port}`,
    calls,
    /** The request for a model (names are unique per test), once it has come. */
    async call(model) {
      for (;;) {
        const found = calls.find((call) => call.body.model === model);
        if (found) return found;
        await new Promise((resolve) => waiting.push(resolve));
      }
    },
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
