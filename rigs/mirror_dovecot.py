"""Mirrors a generated Dovecot mailbox, again after another client's changes, and compares with imaplib."""
import random

from lab import imap, mailboxes, mirrored, places, session, steadymail
from lab.changes import NEW, REFLAGGED, REMOVED, Changes
from lab.dovecot import Dovecot
from lab.proxy import Proxy


def options(parser):
    parser.add_argument("--count", type=int, default=5000, help="messages in the account (default 5000)")
    parser.add_argument("--seed", type=int, default=1, help="of the generated mail and of the changes (default 1)")
    parser.add_argument("--max-kb", type=float, default=200, help="largest generated message (default 200)")
    parser.add_argument("--spread", type=int, default=4, help="mailboxes that the other client changes (default 4)")
    parser.add_argument("--skip-tls", action="store_true", help="leave out the second full run over TLS")


def main(options, checks, stack):
    steadymail.prepare()
    dovecot = Dovecot(stack)
    client = mailboxes.fill(stack, dovecot, options.count, options.seed, max_kb=options.max_kb)
    proxy = Proxy(stack, dovecot.port)
    folder = places.scratch(stack, "mirror") / "ada"
    rig = Rig(checks, client, proxy, f"imap://ada@127.0.0.1:{proxy.port}?tls=none", folder)
    rig.first(options.count)
    rig.unchanged("second run")
    if not options.skip_tls:
        over_tls(checks, stack, dovecot, client, options.count)
    rig.after_changes(dovecot, stack, options)
    rig.unchanged("fourth run")
    chosen_mailboxes(checks, stack, dovecot, client)
    spelled_user(checks, stack, dovecot)


def over_tls(checks, stack, dovecot, client, count):
    folder = places.scratch(stack, "tls") / "deeper" / "ada"
    account = f"imaps://ada@127.0.0.1:{dovecot.tls_port}?ca={dovecot.certificate}"
    run = steadymail.mirror(account, folder)
    steadymail.check_done(checks, "over TLS", run)
    checks.equal("over TLS: created", count, run["created"])
    mirror = mirrored.Mirror(folder)
    mirrored.check_rows(checks, "over TLS: equal to what imaplib is served", imap.rows(client.served()), mirror.rows())
    checks.none("over TLS: every file has its content", mirror.file_problems())


def chosen_mailboxes(checks, stack, dovecot, client):
    chosen = ["Projects/Café & Söhne", "Tom & Jerry"]
    folder = places.scratch(stack, "chosen") / "ada"
    names = [argument for mailbox in chosen for argument in ("--mailbox", mailbox)]
    run = steadymail.mirror(f"imap://ada@127.0.0.1:{dovecot.port}?tls=none", folder, *names)
    steadymail.check_done(checks, "two mailboxes by --mailbox", run)
    served = [message for mailbox in chosen for message in client.messages(mailbox)]
    mirrored.check_rows(checks, "two mailboxes by --mailbox: those and no others", imap.rows(served),
                        mirrored.Mirror(folder).rows())


def spelled_user(checks, stack, dovecot):
    """USER ends at the last @ and is percent-decoded: two spellings are one account, and one folder serves both."""
    client = imap.Client(stack, dovecot.port, "rita@example.com")
    for number in range(3):
        client.append("INBOX", "()", 1_700_000_000 + number, b"Subject: %d\r\n\r\nHello\r\n" % number)
    folder = places.scratch(stack, "spelled") / "rita"
    for spelling, created in (("rita@example.com", 3), ("rita%40example.com", 0)):
        run = steadymail.mirror(f"imap://{spelling}@127.0.0.1:{dovecot.port}?tls=none", folder)
        checks.check(f"USER spelled {spelling}: created {created}", run["created"] == created, run.figure())


class Rig:
    """One account, one mirror folder, and the checks after each run."""

    def __init__(self, checks, client, proxy, account, folder):
        self.checks, self.client, self.proxy = checks, client, proxy
        self.account, self.folder = account, folder

    def mirror(self, name):
        self.proxy.reset()
        run = steadymail.mirror(self.account, self.folder)
        steadymail.check_done(self.checks, name, run)
        self._commands(name, run)
        return run

    def _commands(self, name, run):
        seen = self.proxy.commands()
        figure = f"server saw {seen.total()}, report {run['requests']}: " + ", ".join(
            f"{command} {count}" for command, count in seen.most_common())
        self.checks.check(f"{name}: requests is the number of IMAP commands", seen.total() == run["requests"], figure)
        self.checks.note(f"{self.proxy.connections} connections, {self.proxy.to_client} bytes from the server")

    def equal(self, name):
        served = self.client.served()
        mirror = mirrored.Mirror(self.folder)
        mirrored.check_rows(self.checks, f"{name}: equal to what imaplib is served", imap.rows(served), mirror.rows())
        mirrored.check_layout(self.checks, name, mirror)
        return served, mirror

    def first(self, count):
        run = self.mirror("first run")
        self.checks.equal("first run: mode", "full", run["mode"])
        self.checks.equal("first run: created", count, run["created"])
        self.checks.equal("first run: parked", 0, run["parked"])
        served, mirror = self.equal("first run")
        self.checks.check("first run: threadId is null where the server has none",
                          all(email["threadId"] is None for email in mirror.emails))
        stored = sum(message.size for message in served)
        self.checks.note(f"{stored} bytes of mail, {stored / 1e6 / max(run.seconds, 0.001):.1f} MB/s, "
                         f"{count / max(run.seconds, 0.001):.0f} messages/s")

    def unchanged(self, name):
        before = mirrored.Mirror(self.folder).bytes
        run = self.mirror(name)
        self.checks.equal(f"{name}: created, updated, destroyed", (0, 0, 0),
                          (run["created"], run["updated"], run["destroyed"]))
        self.checks.equal(f"{name}: mode", "incremental", run["mode"])
        self.checks.check(f"{name}: index.jsonl has the same bytes", before == mirrored.Mirror(self.folder).bytes)

    def after_changes(self, dovecot, stack, options):
        before = mirrored.Mirror(self.folder)
        fresh = Changes(self.client, random.Random(options.seed), options.spread).make(
            dovecot.generate(places.scratch(stack, "gen"), NEW, options.seed, start=options.count))
        run = self.mirror("after changes")
        served, mirror = self.equal("after changes")
        self.checks.equal("after changes: created", NEW, run["created"])
        self.checks.equal("after changes: destroyed", REMOVED, run["destroyed"])
        self.checks.check("after changes: updated", (run["updated"] or 0) >= REFLAGGED, run["updated"])
        self.checks.below("after changes: IMAP commands", 40, run["requests"])
        self.checks.below("after changes: bytes under three times the new mail", 3 * fresh, run["bytes"])
        self.ids_kept(before, mirror, {message.sha256 for message in served if message.mailbox == mailboxes.RENAMED[1]})

    def ids_kept(self, before, after, renamed):
        old, new = before.ids(), after.ids()
        moved = [sha256 for sha256 in renamed if sha256 in old]
        self.checks.none("after changes: ids of the renamed mailbox are kept",
                         [sha256 for sha256 in moved if old[sha256] != new.get(sha256)], f"{len(moved)} emails")
        others = [sha256 for sha256 in new if sha256 in old and sha256 not in renamed]
        self.checks.none("after changes: all other ids are kept",
                         [sha256 for sha256 in others if old[sha256] != new[sha256]], f"{len(others)} emails")


if __name__ == "__main__":
    session.run(__doc__, main, options)
