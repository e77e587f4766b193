"""Runs `steadymail serve --embedded` on a Dovecot account: what it stores equals imaplib's view, over changes and restarts."""
import hashlib
import random
import signal
import time

from lab import mailboxes, places, process, server, session
from lab.changes import NEW, REMOVED, Changes
from lab.connected import Connected
from lab.dovecot import PASSWORD, Dovecot
from lab.proxy import Proxy
from lab.stored import Stored, bare

INTERVAL = 5
# What a new email may wait beyond the interval: the job's turn, which comes each second, and the sync itself.
TURN = 2
MOVED, SAMPLE = 12, 40
NESTED, RENAMED, ANEW, NEW_MAILBOX = "Projects/Café & Söhne", "Projects/Kaffee", 'say "hello"', "Neu/Ordner & mehr"


def options(parser):
    parser.add_argument("--count", type=int, default=5000, help="messages in the account (default 5000)")
    parser.add_argument("--seed", type=int, default=1, help="of the generated mail and of the changes (default 1)")
    parser.add_argument("--max-kb", type=float, default=200, help="largest generated message (default 200)")


def main(options, checks, stack):
    server.prepare()
    dovecot = Dovecot(stack)
    client = mailboxes.fill(stack, dovecot, options.count, options.seed, max_kb=options.max_kb)
    rig = Rig(checks, stack, options, dovecot, client)
    rig.first_sync()
    rig.raw_sample()
    rig.unchanged()
    rig.new_mail()
    rig.after_changes()
    rig.started_again("after SIGTERM", signal.SIGTERM)
    rig.started_again("after kill -9", signal.SIGKILL)
    rig.end()


class Rig:
    """One account over several starts of the server."""

    def __init__(self, checks, stack, options, dovecot, client):
        self.checks, self.stack, self.options, self.dovecot, self.client = checks, stack, options, dovecot, client
        self.chance = random.Random(options.seed)
        self.proxy = Proxy(stack, dovecot.port)
        self.connected = Connected(checks, stack, STEADYMAIL_SYNC_INTERVAL=f"{INTERVAL}s",
                                   STEADYMAIL_ACCOUNTS_ALLOWEDNETWORKS="127.0.0.0/8")
        self.account, self.stored = None, None

    def first_sync(self):
        self.connected.start("first start")
        begun, before = time.monotonic(), self.proxy.commands()
        answer = self.connected.api.connect(f"imap://ada@127.0.0.1:{self.proxy.port}?tls=none", PASSWORD)
        self.checks.check("connect: 201, the account's place, not its secret", answer.status == 201
                          and answer.headers["Location"] == f"/api/v1/accounts/{answer.json()['id']}"
                          and PASSWORD.encode() not in answer.body, answer.figure())
        self.account = answer.json()["id"]
        self.stored = Stored(self.checks, self.connected, self.account, self.client)
        account = self.connected.settled(self.account)
        seconds = time.monotonic() - begun
        self.checks.check("first sync: state ok", account["state"] == "ok" and account["error"] is None, account)
        self.checks.equal("first sync: emails", self.options.count, account["emails"])
        self.checks.note(f"{seconds:.1f} s, {self.options.count / seconds:.0f} emails/s, "
                         f"{self.proxy.to_client} bytes from the IMAP server over {self.proxy.connections} connections")
        self._commands("first sync", before)
        self.stored.equal("first sync")

    def raw_sample(self):
        expected = {each.sha256: bare(each.header("Message-ID")) for each in self.client.served()}
        emails = self.connected.api.emails(self.account)
        asked = self.chance.sample(emails, min(SAMPLE, len(emails)))
        begun = time.monotonic()
        wrong = [problem for email in asked for problem in self._raw_problems(email, expected)]
        self.checks.none("raw: the octets that imaplib is served, by SHA-256", wrong, f"{len(asked)} emails")
        self.checks.note(f"{(time.monotonic() - begun) / len(asked) * 1000:.0f} ms for an email with its text and its octets")

    def _raw_problems(self, email, expected):
        path = f"/api/v1/emails/{email['id']}"
        shown, raw = self.connected.api.get(path), self.connected.api.get(path + "/raw")
        if shown.status != 200 or raw.status != 200:
            return [f"{shown.figure()}, raw {raw.figure()}"]
        one, sha256 = shown.json(), hashlib.sha256(raw.body).hexdigest()
        right = {"type": raw.headers["Content-Type"] == "message/rfc822", "size": len(raw.body) == email["size"],
                 "octets": expected.get(sha256) == bare(one["messageId"]), "text": one["textProblem"] is None}
        return [f"{email['id']}: {name}" for name, is_right in right.items() if not is_right]

    def unchanged(self, syncs=3):
        self.connected.synced(self.account, 1)
        before, octets, connections = self.proxy.commands(), self.proxy.to_client, self.proxy.connections
        self.connected.synced(self.account, syncs)
        self._commands(f"{syncs} syncs without changes", before)
        self.checks.note(f"{(self.proxy.to_client - octets) // syncs} bytes from the IMAP server for each, "
                         f"{self.proxy.connections - connections} new connections")

    def new_mail(self, count=5):
        waits = [self._wait_for_one() for _ in range(count)]
        self.checks.check(f"new mail is there within the interval of {INTERVAL} s, and {TURN} s for its turn",
                          max(waits) < INTERVAL + TURN, ", ".join(f"{wait:.1f} s" for wait in waits))

    def _wait_for_one(self):
        """At any moment between two syncs."""
        process.until(lambda: False, self.chance.uniform(0, INTERVAL))
        subject = f"Neuigkeit {self.chance.random()}"
        self._append("INBOX", subject, time.time())
        begun, path = time.monotonic(), f"/api/v1/accounts/{self.account}/emails?limit=1"
        process.until(lambda: self.connected.api.get(path).json()["items"][0]["subject"] == subject, 60, pause=0.05)
        return time.monotonic() - begun

    def after_changes(self):
        boxes = {each["name"]: each["id"] for each in self.connected.api.mailboxes(self.account)}
        before, fresh = self.stored.ids(), self.dovecot.generate(
            places.scratch(self.stack, "gen"), NEW, self.options.seed, start=self.options.count)
        Changes(self.client, self.chance, spread=4).make(fresh)
        moved = self._move()
        self._change_mailboxes()
        begun, commands = time.monotonic(), self.proxy.commands()
        self.checks.check("after changes: synced", self.connected.synced(self.account), f"{time.monotonic() - begun:.1f} s")
        self._commands("after changes", commands)
        self.stored.equal("after changes")
        self._ids_after(before, self.stored.ids(), moved)
        after = {each["name"]: each["id"] for each in self.connected.api.mailboxes(self.account)}
        same = [new for old, new in (mailboxes.RENAMED, (NESTED, RENAMED)) if boxes[old] == after[new]]
        self.checks.note(f"{len(same)} of 2 renamed mailboxes have the id of before")

    def _move(self):
        uids = set(self.chance.sample(self.client.uids("INBOX"), MOVED))
        moved = {bare(each.header("Message-ID")) for each in self.client.messages("INBOX") if each.uid in uids}
        self.client.select("INBOX")
        self.client.move(uids, "Tom & Jerry")
        return moved

    def _change_mailboxes(self):
        """A parent is renamed with what is below it, a mailbox is made anew under its name, one goes, one comes."""
        self.client.rename(NESTED, RENAMED)
        self.client.delete(ANEW)
        self.client.delete("Leer")
        for mailbox in (ANEW, NEW_MAILBOX):
            self.client.create(mailbox)
            for number in range(3):
                self._append(mailbox, f"{len(mailbox)} {number}", time.time() - number)

    def _ids_after(self, before, after, moved):
        both = before.keys() & after.keys()
        changed = {key for key in both if before[key]["id"] != after[key]["id"]}
        elsewhere = {key for key in both if before[key]["mailboxes"] != after[key]["mailboxes"]}
        moves = {key for key in both if key[0] in moved}
        renamed = elsewhere - moves
        self.checks.none("after changes: ids in renamed mailboxes are kept", sorted(changed & renamed),
                         f"{len(renamed)} emails")
        self.checks.none("after changes: all other ids are kept", sorted(changed - moves - renamed),
                         f"{len(both - elsewhere)} emails")
        self.checks.check("after changes: moved emails are there", len(moves) == MOVED,
                          f"{len(moves)} of {MOVED}, {len(moves - changed)} under the id of before")
        self.checks.check("after changes: removed emails are gone", len(before.keys() - after.keys()) >= REMOVED,
                          len(before.keys() - after.keys()))

    def started_again(self, name, number):
        before = self.stored.ids()
        self.connected.end(name, number, [PASSWORD])
        self._append("INBOX", f"while away, {name}", time.time())
        commands = self.proxy.commands()
        self.connected.start(name)
        self.checks.check(f"{name}: synced", self.connected.synced(self.account), self.connected.api.account(self.account))
        self._commands(name, commands)
        self.stored.equal(name)
        after = self.stored.ids()
        self.checks.none(f"{name}: ids are kept", [key for key in before if before[key]["id"] != after[key]["id"]],
                         f"{len(before)} emails")

    def end(self):
        self.connected.end("at the end", signal.SIGTERM, [PASSWORD])

    def _append(self, mailbox, subject, when):
        message = f"Subject: {subject}\r\nMessage-ID: <{abs(hash((mailbox, subject)))}@rig>\r\n\r\nHallo\r\n"
        self.client.append(mailbox, "()", when, message.encode())

    def _commands(self, name, before):
        seen = self.proxy.commands() - before
        self.checks.note(f"{name}: {seen.total()} IMAP commands: "
                         + ", ".join(f"{command} {count}" for command, count in seen.most_common()))


if __name__ == "__main__":
    session.run(__doc__, main, options)
