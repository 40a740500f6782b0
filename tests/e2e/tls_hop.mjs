// nginx with a certificate of the test's own, as it stands before a server or before an upstream.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The program's path, or undefined where it is not installed (it may lie in sbin, which is not in everyone's PATH). */
export function findProgram(name) {
  try {
    return execFileSync('sh', ['-c', `PATH=$PATH:/usr/sbin:/sbin command -v ${name}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function connects(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('connect', () => (socket.destroy(), resolve(true)));
    socket.on('error', () => resolve(false));
  });
}

export function makeCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-tls-'));
  const key = join(folder, 'key.pem');
  const file = join(folder, 'cert.pem');
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', file,
    '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1',
  ], { stdio: 'ignore' });
  return { key, file, text: readFileSync(file), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** TLS in front of `target` ("http://127.0.0.1:port"), unbuffered. */
export async function startTlsHop(certificate, target) {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-nginx-'));
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  writeFileSync(join(folder, 'nginx.conf'), `
    daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/errors warn;
    events { worker_connections 4096; }
    http {
      access_log off; ${temporary.join(' ')}
      server {
        listen 127.0.0.1:${port} ssl;
        ssl_certificate ${certificate.file}; ssl_certificate_key ${certificate.key};
        client_max_body_size 64m;
        location / {
          proxy_pass ${target}; proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header Connection "";
          proxy_buffering off; proxy_request_buffering off; proxy_read_timeout 60s;
        }
      }
    }`);
  const child = spawn(findProgram('nginx'), ['-e', `${folder}/errors`, '-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  for (let tries = 0; !(await connects(port)); ++tries) {
    if (tries > 100 || child.exitCode !== null) throw new Error(`nginx did not start: ${readFileSync(`${folder}/errors`)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url: `https://127.0.0.1:${port}`,
    stop: async () => {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
