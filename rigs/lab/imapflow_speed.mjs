// Reads the inbox with imapflow: one run for each line on standard input, "metadata" or "bodies", answered with one
// line of JSON. Arguments: folder where imapflow is installed, port, user, and a PEM file where TLS is wanted; the
// password is in STEADYMAIL_PASSWORD.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const [installed, port, user, pem] = process.argv.slice(2);
const { ImapFlow } = createRequire(`${installed}/`)('imapflow');
const METADATA = { uid: true, flags: true, internalDate: true, size: true, envelope: true, bodyStructure: true };
const BODIES = { uid: true, source: true };

function connection() {
  const tls = pem ? { secure: true, tls: { ca: readFileSync(pem) } } : { secure: false, doSTARTTLS: false };
  return new ImapFlow({
    host: '127.0.0.1', port: Number(port), ...tls, auth: { user, pass: process.env.STEADYMAIL_PASSWORD },
    logger: false,
  });
}

function parts(structure) {
  return 1 + (structure.childNodes ?? []).reduce((sum, child) => sum + parts(child), 0);
}

function touch(message) {
  const { subject, from, to, date } = message.envelope;
  return (subject ?? '').length + (from ?? []).length + (to ?? []).length + (date ? 1 : 0) + message.uid
    + message.flags.size + message.size + parts(message.bodyStructure);
}

async function read(client, task) {
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  let messages = 0;
  let contentBytes = 0;
  let touched = 0;
  for await (const message of client.fetch('1:*', task === 'bodies' ? BODIES : METADATA)) {
    messages += 1;
    if (task === 'bodies') {
      contentBytes += message.source.length;
    } else {
      touched += touch(message);
    }
  }
  if (messages > 0 && contentBytes + touched === 0) {
    throw new Error('nothing was read');
  }
  return { messages, contentBytes };
}

async function measured(task) {
  const client = connection();
  const cpu = process.cpuUsage();
  const started = process.hrtime.bigint();
  const { messages, contentBytes } = await read(client, task);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const { user: own, system } = process.cpuUsage(cpu);
  const wireBytes = client.stats().received;
  await client.logout();
  return { seconds, cpuSeconds: (own + system) / 1e6, messages, contentBytes, wireBytes, commands: -1 };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await measured(line.trim())));
}
