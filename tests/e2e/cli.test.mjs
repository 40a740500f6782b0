// The command line as a person and a script use it: the real program, its exit codes, its two output streams, the files
// it leaves behind.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import { hardText, startPlayground, startServer } from './harness.mjs';

const program = process.env.PATCHBAY;
const canary = 'sk-canary-7d1f0c52a94e4b6f';

let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'patchbay-cli-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const places = () => ['--config', join(folder, 'config.toml'), '--data-dir', join(folder, 'data')];
const configure = (text = '') => writeFileSync(join(folder, 'config.toml'), text);

/** Starts the program with folders of its own; `done` gives {code, out, err}. */
function start(args, { input = '', env = {} } = {}) {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: folder, PATCHBAY_SERVER_PORT: '0', ...env },
  });
  const result = { child, out: '', err: '' };
  child.stdout.on('data', (data) => (result.out += data));
  child.stderr.on('data', (data) => (result.err += data));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  result.done = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out: result.out, err: result.err }));
  });
  return result;
}
const run = (args, options) => start(args, options).done;

async function until(condition) {
  for (let i = 0; i < 500; ++i) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail('it did not happen within 5 s');
}

const lines = (text) => text.trim().split('\n').map((line) => JSON.parse(line));
const conversations = async (...args) => JSON.parse((await run(['conversations', 'list', '--json', ...args])).out);
const messagesOf = async (id, ...args) => JSON.parse((await run(['conversations', 'show', id, '--json', ...args])).out).messages;

describe('chat', () => {
  test('without any configuration the playground answers, and says so', async () => {
    const reply = await run(['chat', 'hello']);
    assert.equal(reply.code, 0, reply.err);
    assert.equal(reply.out, 'hello\n');
    assert.match(reply.err, /this is the playground/);
  });

  test('words and standard input are sent together, byte for byte', async () => {
    assert.equal((await run(['chat', 'look', 'at'], { input: `${hardText}\n` })).out, `look at\n\n${hardText}\n`);
    assert.equal((await run(['chat'], { input: hardText })).out, `${hardText}\n`);
    assert.equal((await run(['chat', 'config', 'serve'])).out, 'config serve\n');
  });

  test('nothing to ask, text that is no text, and wrong arguments end with 2', async () => {
    assert.equal((await run(['chat'])).code, 2);
    assert.equal((await run(['chat'], { input: Buffer.from([0x66, 0xff, 0xfe]) })).code, 2);
    assert.equal((await run(['chat', '--nonsense', 'x'])).code, 2);
    assert.equal((await run(['nonsense'])).code, 2);
    assert.equal((await run(['chat', '--continue', '--no-history', 'x'])).code, 2);
  });

  test('--json gives the native events, the last one is done', async () => {
    const events = lines((await run(['chat', '--json', '--model', 'playground/long:5', 'go'])).out);
    assert.equal(events.filter((e) => e.type === 'message').map((e) => e.delta).join(''), 'token1 token2 token3 token4 token5');
    assert.ok(events.find((e) => e.type === 'usage').output_tokens > 0);
    const done = events.at(-1);
    assert.equal(done.type, 'done');
    assert.equal(done.finish_reason, 'stop');
    assert.match(done.conversation_id, /^[0-9a-f-]{36}$/);
  });

  test('history is kept, continued, found, exported and deleted', async () => {
    await run(['chat', '你好世界 first', '--system', 'be brief']);
    await run(['chat', '--continue', 'second']);
    const list = await conversations();
    assert.equal(list.length, 1);
    assert.equal(list[0].system_prompt, 'be brief');
    const id = list[0].id;
    const messages = await messagesOf(id);
    assert.deepEqual(messages.map((m) => [m.role, m.text]),
      [['user', '你好世界 first'], ['assistant', '你好世界 first'], ['user', 'second'], ['assistant', 'second']]);
    await run(['chat', '--conversation', id, 'third']);
    assert.equal((await messagesOf(id)).length, 6);
    assert.match((await run(['conversations', 'search', '世界'])).out, new RegExp(id));
    assert.match((await run(['conversations', 'show', id])).out, /## User[^]*second/);
    const file = join(folder, 'out.html');
    assert.equal((await run(['conversations', 'export', id, '--format', 'html', '--output', file])).code, 0);
    assert.match(readFileSync(file, 'utf8'), /<html/);
    assert.equal((await run(['conversations', 'delete', id])).code, 0);
    assert.equal((await conversations()).length, 0);
    assert.equal((await conversations('--trash')).length, 1);
    const gone = await run(['chat', '--conversation', '01900000-0000-7000-8000-000000000000', 'x']);
    assert.equal(gone.code, 1);
    assert.match(gone.err, /patchbay: .+\n {10}.+/);
  });

  test('--no-history leaves nothing behind', async () => {
    assert.equal((await run(['chat', '--no-history', 'secret'])).out, 'secret\n');
    assert.deepEqual(readdirSync(folder), []);
  });

  test('a failed answer is an error with what to do, and the partial text is kept', async () => {
    const reply = await run(['chat', '--model', 'playground/fault-cut:5', 'x']);
    assert.equal(reply.code, 1);
    assert.match(reply.out, /^token1 token2/);
    assert.match(reply.err, /patchbay: .+\n {10}\S/);
    const [{ id }] = await conversations();
    const answer = (await messagesOf(id)).at(-1);
    assert.equal(answer.status, 'error');
    assert.match(answer.text, /^token1 token2/);
    const events = lines((await run(['chat', '--json', '--model', 'playground/fault-error-500', 'x'])).out);
    assert.deepEqual(events.map((e) => e.type), ['error', 'done']);
    assert.equal(events[1].finish_reason, 'error');
  });

  test('a model that is not there is named, and leaves no conversation', async () => {
    const reply = await run(['chat', '--model', 'nobody/nothing', 'x']);
    assert.equal(reply.code, 1);
    assert.match(reply.err, /nobody\/nothing/);
    assert.equal((await conversations()).length, 0);
  });

  test('a picture goes along; what is none is refused', async () => {
    const picture = join(folder, 'dot.png');
    writeFileSync(picture, Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));
    assert.equal((await run(['chat', '--image', picture, 'see'])).code, 0);
    const [{ id }] = await conversations();
    assert.ok(JSON.stringify((await messagesOf(id))[0].message).includes('image/png'));
    const text = join(folder, 'no.png');
    writeFileSync(text, 'no picture');
    const refused = await run(['chat', '--image', text, 'see']);
    assert.notEqual(refused.code, 0);
    assert.match(refused.err, /no PNG/);
  });

  test('Ctrl+C stops the answer and keeps what came', async () => {
    const chat = start(['chat', '--model', 'playground/long:5000@50', 'go']);
    await until(() => chat.out.includes('token5 '));
    chat.child.kill('SIGINT');
    const { code, out, err } = await chat.done;
    assert.equal(code, 130);
    assert.match(out, /^token1 token2 [^\n]*\n$/);
    assert.match(err, /stopped/);
    const [{ id }] = await conversations();
    const answer = (await messagesOf(id)).at(-1);
    assert.equal(answer.status, 'stopped');
    assert.equal(answer.text, out.slice(0, -1));
  });

  test('Ctrl+C before any answer, too', async () => {
    const chat = start(['chat', '--json', '--model', 'playground/fault-silent', 'go']);
    await until(() => chat.err.includes('playground'));
    chat.child.kill('SIGINT');
    const { code, out } = await chat.done;
    assert.equal(code, 130);
    assert.equal(lines(out).at(-1).finish_reason, 'stopped');
  });

  test('a closed standard output ends it', async () => {
    const chat = start(['chat', '--model', 'playground/long:100000', 'go']);
    await until(() => chat.out.length > 0);
    chat.child.stdout.destroy();
    const { code, signal } = await chat.done;
    assert.equal(signal, null);
    assert.notEqual(code, 0);
  });
});

test('an export into a folder that is not there is an error', async () => {
  configure();
  await run(['chat', ...places(), 'hello']);
  const [{ id }] = await conversations(...places());
  const reply = await run(['conversations', 'export', ...places(), id, '-o', join(folder, 'none', 'x.md')]);
  assert.notEqual(reply.code, 0);
  assert.match(reply.err, /there is no folder/);
  assert.ok(!readdirSync(folder).includes('none'));
});

test('a refused turn names no model in its JSON', async () => {
  configure();
  const reply = await run(['chat', ...places(), '--json', '-m', 'nope', 'hi']);
  assert.notEqual(reply.code, 0);
  assert.equal(lines(reply.out).at(-1).model, null);
});

describe('two programs on one data directory', () => {
  let server;
  beforeEach(async () => {
    server = await startServer({ args: ['--playground'], dir: folder });
  });
  afterEach(() => server.stop());

  test('the second one goes through the API of the first', async () => {
    const reply = await run(['chat', '--verbose', ...places(), hardText]);
    assert.equal(reply.code, 0, reply.err);
    assert.equal(reply.out, `${hardText}\n`);
    assert.ok(reply.err.includes(server.url), reply.err);
    await run(['chat', '--continue', ...places(), 'second']);
    const stored = await (await fetch(`${server.url}/api/conversations`)).json();
    assert.equal(stored.conversations.length, 1);
    const id = stored.conversations[0].id;
    assert.deepEqual((await conversations(...places())).map((c) => c.id), [id]);
    assert.equal((await messagesOf(id, ...places())).length, 4);
    assert.match((await run(['conversations', 'search', ...places(), 'second'])).out, new RegExp(id));
    assert.match((await run(['conversations', 'export', ...places(), id])).out, /second/);
    assert.equal((await run(['conversations', 'delete', ...places(), id])).code, 0);
    assert.equal((await conversations(...places())).length, 0);
    const events = lines((await run(['chat', '--json', ...places(), 'hi'])).out);
    assert.equal(events.at(-1).type, 'done');
    assert.equal((await run(['chat', ...places(), '--model', 'nobody/x', 'hi'])).code, 1);
  });

  test('Ctrl+C in the second one stops the answer in the first', async () => {
    const chat = start(['chat', ...places(), '--model', 'playground/long:5000@50', 'go']);
    await until(() => chat.out.includes('token5 '));
    chat.child.kill('SIGINT');
    assert.equal((await chat.done).code, 130);
    const [{ id }] = await conversations(...places());
    let answer;
    for (let i = 0; i < 100 && answer?.status !== 'stopped'; ++i) answer = (await messagesOf(id, ...places())).at(-1);
    assert.equal(answer.status, 'stopped');
    assert.match(answer.text, /^token1 token2/);
  });

  test('a program without an address is named, with what to do', async () => {
    await server.stop();
    const first = start(['chat', ...places(), '--model', 'playground/long:5000@20', 'go']);
    await until(() => first.out.length > 0);
    const second = await run(['chat', ...places(), 'hi']);
    assert.equal(second.code, 4);
    assert.match(second.err, new RegExp(`process ${first.child.pid}`));
    assert.match(second.err, /--data-dir/);
    assert.equal((await run(['chat', ...places(), '--no-history', 'hi'])).out, 'hi\n');
    first.child.kill('SIGINT');
    await first.done;
  });
});

describe('configuration', () => {
  test('check names every problem with its place and ends with 3', async () => {
    configure('[server]\nport = "x"\nprot = 1\n\n[[providers]]\nid = "a"\nformat = "nonsense"\nbase_url = "http://x/v1"\n');
    const env = { PATCHBAY_SERVER_PORT: '' }; // it would stand over the file
    const checked = await run(['config', 'check', ...places()], { env });
    assert.equal(checked.code, 3);
    for (const place of ['config.toml:2:', 'config.toml:3:', 'config.toml:7:']) assert.ok(checked.out.includes(place), checked.out);
    assert.match(checked.out, /port/);
    const { ok, problems } = JSON.parse((await run(['config', 'check', '--json', ...places()], { env })).out);
    assert.equal(ok, false);
    assert.ok(problems.filter((p) => p.severity === 'error').length >= 3);
    for (const command of [['chat', 'x'], ['models'], ['config', 'show']])
      assert.equal((await run([...command, ...places()])).code, 3, command[0]);
  });

  test('init writes a sound example once', async () => {
    assert.equal((await run(['config', 'init', ...places()])).code, 0);
    assert.equal((await run(['config', 'check', ...places()])).code, 0);
    const before = readFileSync(join(folder, 'config.toml'), 'utf8');
    assert.notEqual((await run(['config', 'init', ...places()])).code, 0);
    assert.equal(readFileSync(join(folder, 'config.toml'), 'utf8'), before);
    // With the comment signs taken away it is a configuration that passes, too.
    configure(before.split('\n').filter((l) => /^# (\[|[a-z_]+ = )/.test(l)).map((l) => l.slice(2)).join('\n'));
    const checked = await run(['config', 'check', ...places()]);
    assert.equal(checked.code, 0, checked.out);
  });

  test('set goes to managed.toml, is checked first, and can be taken back', async () => {
    configure('# mine\n');
    const env = { PATCHBAY_SERVER_PORT: '' }; // it would stand over the files
    assert.equal((await run(['config', 'set', ...places(), 'server.port', '9123'], { env })).code, 0);
    assert.match((await run(['config', 'show', ...places()], { env })).out, /port = 9123/);
    assert.equal((await run(['config', 'set', ...places(), 'server.port', '99999'], { env })).code, 2);
    assert.match(readFileSync(join(folder, 'managed.toml'), 'utf8'), /port = 9123/);
    assert.equal((await run(['config', 'unset', ...places(), 'server.port'], { env })).code, 0);
    assert.doesNotMatch(readFileSync(join(folder, 'managed.toml'), 'utf8'), /9123/);
    assert.equal(readFileSync(join(folder, 'config.toml'), 'utf8'), '# mine\n');
  });

  test('what is taken back leaves nothing, and what is not set cannot be', async () => {
    configure();
    const env = { PATCHBAY_SERVER_PORT: '9000', OPENAI_API_KEY: 'sk-none', ANTHROPIC_API_KEY: 'sk-none' };
    assert.equal((await run(['config', 'set', ...places(), 'providers.x', '{"format":"openai","base_url":"http://127.0.0.1:9/v1"}'], { env })).code, 0);
    assert.match((await run(['config', 'show', ...places()], { env })).out, /id = "x"/);
    assert.equal((await run(['config', 'unset', ...places(), 'providers.x'], { env })).code, 0);
    assert.doesNotMatch(readFileSync(join(folder, 'managed.toml'), 'utf8'), /providers/);
    assert.match((await run(['config', 'show', ...places()], { env })).out, /id = "openai"/);
    const again = await run(['config', 'unset', ...places(), 'providers.x'], { env });
    assert.equal(again.code, 1);
    assert.match(again.err, /providers\.x is not set/);
    // A bad value is refused although the environment stands over it today.
    assert.equal((await run(['config', 'set', ...places(), 'server.port', '99999'], { env })).code, 2);
    const nobody = await run(['config', 'set', ...places(), 'chat.default_model', 'nope'], { env });
    assert.equal(nobody.code, 2);
    assert.match(nobody.err, /nothing answers for the model 'nope'/);
  });

  test('every change becomes a version, whoever has the data', async () => {
    const pending = () => readdirSync(folder).filter((name) => name.startsWith('managed.toml.pending-'));
    configure();
    const env = { PATCHBAY_SERVER_PORT: '' };
    assert.equal((await run(['config', 'set', ...places(), 'server.port', '9001'], { env })).code, 0); // no database yet
    assert.equal(pending().length, 1);
    const server = await startServer({ dir: folder });
    try {
      assert.equal(pending().length, 0, 'taken at the start');
      assert.equal((await run(['config', 'set', ...places(), 'server.port', '9002'], { env })).code, 0);
      await until(() => pending().length === 0);
    } finally {
      await server.stop();
    }
    assert.equal((await run(['config', 'set', ...places(), 'server.port', '9003'], { env })).code, 0);
    assert.equal(pending().length, 0, 'straight into the database');
    const { DatabaseSync } = await import('node:sqlite').catch(() => ({}));
    if (!DatabaseSync) return;
    const database = new DatabaseSync(join(folder, 'data', 'patchbay.db'), { readOnly: true });
    const contents = database.prepare('SELECT content FROM config_versions ORDER BY version').all().map((row) => /port = (\d+)/.exec(row.content)[1]);
    database.close();
    assert.deepEqual(contents, ['9001', '9002', '9003']);
  });

  test('prices lie beside the configuration, and a bad file is named', async () => {
    configure('[catalog]\nprices = "mine.json"\n');
    for (const command of [['config', 'check', ...places()], ['chat', ...places(), 'hi'], ['models', ...places()]]) {
      const missing = await run(command);
      assert.equal(missing.code, 3, `${command[0]}: ${missing.err}`);
      assert.match(missing.out + missing.err, /catalog\.prices/);
    }
    assert.match((await run(['doctor', ...places()])).out, /catalog\.prices/);
    writeFileSync(join(folder, 'mine.json'), '{"models": 5}');
    assert.equal((await run(['config', 'check', ...places()])).code, 3);
  });

  test('the vault keeps a key that a provider then uses', async () => {
    const playground = await startPlayground();
    try {
      assert.equal((await run(['config', 'vault', 'set', ...places(), 'mine'], { input: `${canary}\n` })).code, 0);
      assert.equal((await run(['config', 'vault', 'list', ...places()])).out, 'mine\n');
      configure(`[[providers]]\nid = "p"\nformat = "openai"\nbase_url = "${playground.url}/v1"\nkey = "vault:mine"\n`);
      assert.equal((await run(['chat', ...places(), '--model', 'p/echo', 'hi'])).out, 'hi\n');
      assert.equal((await run(['config', 'vault', 'remove', ...places(), 'mine'])).code, 0);
      assert.notEqual((await run(['config', 'vault', 'remove', ...places(), 'mine'])).code, 0);
    } finally {
      await playground.stop();
    }
  });
});

describe('doctor and models', () => {
  test('with nothing configured it is well, and says what is missing', async () => {
    const report = await run(['doctor']);
    assert.equal(report.code, 0, report.out);
    assert.match(report.out, /^ok +configuration/m);
    assert.match(report.out, /^warning +configuration: no provider is configured/m);
    assert.match(report.out, /^ok +data: /m);
  });

  test('a dead provider and a missing key are problems with advice', async () => {
    configure('[[providers]]\nid = "dead"\nformat = "openai"\nbase_url = "http://127.0.0.1:9/v1"\n' +
      '[[providers]]\nid = "keyless"\nformat = "anthropic"\nbase_url = "https://api.anthropic.com"\nkey = "env:NOT_SET_ANYWHERE"\n');
    const report = await run(['doctor', '--json', ...places()]);
    assert.equal(report.code, 1);
    const { ok, findings } = JSON.parse(report.out);
    assert.equal(ok, false);
    for (const check of ['provider dead', 'provider keyless']) {
      const finding = findings.find((f) => f.check === check);
      assert.equal(finding.status, 'problem', check);
      assert.ok(finding.advice.length > 0);
    }
    assert.match(findings.find((f) => f.check === 'provider keyless').text, /NOT_SET_ANYWHERE/);
  });

  test('a damaged database and a taken port are problems', async () => {
    configure();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'patchbay.db'), 'no database at all, but long enough to be looked at'.repeat(100));
    const playground = await startPlayground();
    const port = new URL(playground.url).port;
    const { findings } = JSON.parse((await run(['doctor', '--json', ...places()], { env: { PATCHBAY_SERVER_PORT: port } })).out);
    await playground.stop();
    assert.equal(findings.find((f) => f.check === 'database').status, 'problem');
    assert.equal(findings.find((f) => f.check === 'port').status, 'problem');
    const chat = await run(['chat', ...places(), 'x']);
    assert.equal(chat.code, 4);
  });

  test('models lists names, prices and what is missing', async () => {
    const playground = await startPlayground();
    configure(`[[providers]]\nid = "p"\nformat = "openai"\nbase_url = "${playground.url}/v1"\n` +
      '[[providers]]\nid = "dead"\nformat = "ollama"\nbase_url = "http://127.0.0.1:9"\n' +
      '[[models]]\nname = "fast"\ndeployments = [ { provider = "p", model = "echo" } ]\n');
    const listed = await run(['models', '--json', ...places()]);
    await playground.stop();
    assert.equal(listed.code, 0, listed.err);
    const ids = JSON.parse(listed.out).map((m) => m.id);
    assert.equal(ids[0], 'fast');
    assert.ok(ids.includes('p/echo'));
    assert.match(listed.err, /dead/);
  });
});

describe('a key', () => {
  let playground;
  before(async () => (playground = await startPlayground()));
  after(() => playground.stop());

  const filesBelow = (path) =>
    statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesBelow(join(path, name))) : [path];

  test('never appears in what is printed or written', async () => {
    configure(`[[providers]]\nid = "p"\nformat = "openai"\nbase_url = "${playground.url}/v1"\nkey = "env:CANARY"\n` +
      '[[providers]]\nid = "dead"\nformat = "anthropic"\nbase_url = "http://127.0.0.1:9"\nkey = "env:CANARY"\n');
    const env = { CANARY: canary };
    const server = await startServer({ config: readFileSync(join(folder, 'config.toml'), 'utf8'), dir: folder, env });
    const seen = [];
    for (const args of [['chat', '--verbose', '--model', 'p/echo', 'hi'], ['chat', '--model', 'dead/x', 'hi'], ['doctor']])
      seen.push(await run([...args, ...places()], { env }));
    await server.stop();
    for (const args of [['chat', '--verbose', '--model', 'p/echo', 'hi'], ['chat', '--verbose', '--model', 'p/fault-error-401', 'hi'],
      ['chat', '--verbose', '--json', '--model', 'dead/x', 'hi'], ['config', 'show'], ['config', 'show', '--json'], ['config', 'check'],
      ['config', 'set', 'providers.p.key', canary], ['doctor'], ['doctor', '--json'], ['models'], ['conversations', 'list', '--json']])
      seen.push(await run([...args, ...places()], { env }));
    assert.ok(seen.some((r) => r.out === 'hi\n'));
    for (const { out, err } of seen) assert.ok(!`${out}${err}`.includes(canary), `${out}${err}`);
    assert.ok(!server.errors().includes(canary));
    const files = filesBelow(folder);
    assert.ok(files.some((file) => file.endsWith('patchbay.db')) && files.some((file) => file.endsWith('patchbay.lock')));
    for (const file of files) assert.ok(!readFileSync(file).includes(canary), file);
  });
});
