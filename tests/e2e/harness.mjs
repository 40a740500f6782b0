// Starts the real program: a playground as the upstream, and a server in front of it that reaches the playground in each
// wire format. Everything binds port 0 on loopback and keeps its data in a folder of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = process.env.PATCHBAY;

/** Text that breaks readers who cut bytes: CJK, emoji with joiners, quotes, escapes. */
export const hardText = '你好，世界 👩‍👩‍👧 "quoted" back\\slash Zürich ½ 한국어';

/** The wire formats behind the server; the model prefix is the provider's id. */
export const upstreams = ['openai', 'anthropic', 'ollama', 'gemini', 'responses'];

const running = new Set();
process.on('exit', () => { // a test that failed half-way leaves nothing behind
  for (const child of running) child.kill('SIGKILL');
});

/** Starts the program and waits for the line that names its address; `wrapper` is a command to run it with. */
function start(args, env = {}, wrapper = []) {
  const [command, ...rest] = [...wrapper, program, ...args];
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  running.add(child);
  child.on('exit', () => running.delete(child));
  child.errors = '';
  child.output = '';
  child.stderr.on('data', (data) => (child.errors += data));
  const address = new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => {
      child.output += data;
      const found = /^listening on (http:\/\/\S+)/m.exec(child.output);
      if (found) resolve(found[1]);
    });
    // 'close' comes when what it wrote is here too.
    child.on('close', (code) => reject(Object.assign(new Error(`${args[0]} ended with ${code}: ${child.errors}`), { code })));
    child.on('error', reject);
  });
  return { child, address };
}

function stop(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
    child.on('exit', resolve);
    child.kill('SIGTERM');
  });
}

export async function startPlayground(args = []) {
  const { child, address } = start(['playground', '--port', '0', ...args]);
  return { url: await address, child, stop: () => stop(child) };
}

export function configFor(playground) {
  const provider = (id, format, base, more = '') =>
    `[[providers]]\nid = "${id}"\nformat = "${format}"\nbase_url = "${base}"\n${more}\n`;
  return (
    provider('openai', 'openai', `${playground}/v1`) +
    provider('responses', 'openai', `${playground}/v1`, 'api = "responses"') +
    provider('anthropic', 'anthropic', playground) +
    provider('ollama', 'ollama', playground) +
    provider('gemini', 'gemini', playground) +
    '[[models]]\nname = "fast"\ndeployments = [ { provider = "openai", model = "echo" } ]\n' +
    '[[models]]\nname = "spare"\ndeployments = [ { provider = "openai", model = "fault-error-503" }, { provider = "ollama", model = "echo" } ]\n' +
    '[[models]]\nname = "*"\ndeployments = [ { provider = "anthropic", model = "*" } ]\n'
  );
}

/** A server with a data folder of its own; `config` is TOML text. */
export async function startServer({ config = '', args = [], env = {}, dir, host = '127.0.0.1', wrapper } = {}) {
  const folder = dir ?? mkdtempSync(join(tmpdir(), 'patchbay-e2e-'));
  const file = join(folder, 'config.toml');
  writeFileSync(file, config);
  const { child, address } = start(
    ['serve', '--config', file, '--data-dir', join(folder, 'data'), '--host', host, '--port', '0', ...args],
    { XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, ...env },
    wrapper,
  );
  const url = await address.catch((error) => {
    if (!dir) rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    url,
    child,
    folder,
    errors: () => child.errors,
    output: () => child.output,
    /** Ends it as a crash does: no handler runs. */
    kill: async () => {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
    stop: async (keep = false) => {
      await stop(child);
      if (!keep && !dir) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Playground and server together. */
export async function startAll(options = {}) {
  const playground = await startPlayground(options.playgroundArgs);
  const server = await startServer({ config: configFor(playground.url), ...options });
  return {
    playground,
    server,
    url: server.url,
    asked: async () => (await (await fetch(`${playground.url}/playground/stats`)).json()).asked,
    stop: async () => {
      await server.stop();
      await playground.stop();
    },
  };
}

export const weatherParameters = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1, maximum: 7 } },
  required: ['city', 'days'],
  additionalProperties: false,
};

export const personSchema = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } },
  required: ['name', 'age'],
  additionalProperties: false,
};
