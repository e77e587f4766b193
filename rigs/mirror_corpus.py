"""Mirrors the corpus of real and hostile mail from Dovecot and from the Gmail emulator, with faults there."""
import hashlib
import imaplib
import re
import time
from collections import Counter

from lab import corpus, gmail, imap, mirrored, places, session, steadymail
from lab.dovecot import Dovecot
from lab.emulator import TOKEN, USER, Emulator

IMAP_MAILBOXES = ["INBOX", "Korpus/Äpfel & Birnen", "Sent"]
IMAP_FLAGS = ["()", "(\\Seen)", "(\\Seen \\Flagged)", "(\\Answered $Forwarded)", "(\\Draft Custom)"]
GMAIL_FOLDERS = ["INBOX", "Käse & Brot", "SENT"]
# What the API is told to fail with during the fault run, each after some requests went through.
FAULTS = [{"path": "/messages", "status": 429, "retryAfter": 2, "count": 1, "skip": 3},
          {"path": "/messages/", "status": 429, "retryAfter": 2, "count": 1, "skip": 40},
          {"path": "/messages/", "status": 503, "count": 1, "skip": 60},
          {"path": "/messages/", "reset": True, "count": 1, "skip": 80}]


def options(parser):
    parser.add_argument("--only", choices=["imap", "gmail"], help="one of the two servers")


def main(options, checks, stack):
    steadymail.prepare()
    messages = corpus.messages()
    checks.note(f"{len(messages)} messages in the corpus, {sum(len(each.content) for each in messages)} bytes")
    if options.only != "gmail":
        over_imap(checks, stack, messages)
    if options.only != "imap":
        over_gmail(checks, stack, messages)


# Dovecot

def over_imap(checks, stack, messages):
    dovecot = Dovecot(stack)
    client = imap.Client(stack, dovecot.port)
    appended = append_all(checks, client, messages)
    folder = places.scratch(stack, "corpus") / "ada"
    account = f"imap://ada@127.0.0.1:{dovecot.port}?tls=none"
    run = steadymail.mirror(account, folder)
    steadymail.check_done(checks, "IMAP", run)
    checks.equal("IMAP: created", appended, run["created"])
    mirror = mirrored.Mirror(folder)
    mirrored.check_rows(checks, "IMAP: equal to what imaplib is served", imap.rows(client.served()), mirror.rows())
    mirrored.check_layout(checks, "IMAP", mirror)
    again(checks, "IMAP", account, folder, {})


def append_all(checks, client, messages):
    """APPENDs with CRLF line ends, as the protocol wants; what Dovecot refuses is counted with its reason."""
    for mailbox in IMAP_MAILBOXES:
        if mailbox not in client.mailboxes():
            client.create(mailbox)
    refused = {}
    for number, message in enumerate(messages):
        try:
            when = 1_700_000_000 + 3607 * number
            client.append(IMAP_MAILBOXES[number % 3], IMAP_FLAGS[number % 5], when, message.content)
        except imaplib.IMAP4.error as error:
            refused[message.name] = str(error)
    figure = f"{len(messages) - len(refused)} appended, {len(refused)} refused {dict(Counter(refused.values()))}"
    checks.check("IMAP: Dovecot took the corpus", len(refused) * 20 < len(messages), figure)
    return len(messages) - len(refused)


# Gmail

def over_gmail(checks, stack, messages):
    mail = places.scratch(stack, "eml")
    loaded = write_eml(mail, messages)
    rig = Gmail(checks, Emulator(stack, mail), places.scratch(stack, "gmail"))
    rig.first(loaded)
    again(checks, "Gmail", rig.emulator.account, rig.folder, rig.secrets)
    rig.after_changes(messages)
    rig.after_rename()
    rig.through_faults()
    rig.refused_token()


def write_eml(mail, messages):
    """Files for the emulator's --eml, over three labels; returns the contents' hashes as a multiset."""
    for number, message in enumerate(messages):
        folder = mail / USER / GMAIL_FOLDERS[number % 3]
        folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^A-Za-z0-9]+", "-", message.name)
        (folder / f"{number:04d}-{name}.eml").write_bytes(message.content)
    return Counter(hashlib.sha256(message.content).hexdigest() for message in messages)


class Gmail:
    """One emulated account, one mirror folder, and the checks after each run."""

    def __init__(self, checks, emulator, scratch):
        self.checks, self.emulator = checks, emulator
        self.account = gmail.Account(emulator)
        self.scratch, self.folder = scratch, scratch / "ada"
        self.secrets = {"STEADYMAIL_TOKEN": TOKEN}

    def mirror(self, name, folder=None):
        self.emulator.clear_log()
        run = steadymail.mirror(self.emulator.account, folder or self.folder, **self.secrets)
        steadymail.check_done(self.checks, name, run)
        seen = self.emulator.requests()
        self.checks.check(f"{name}: requests is the number of HTTP requests", seen == run["requests"],
                          f"server saw {seen}, report {run['requests']}")
        return run

    def equal(self, name, folder=None):
        served = self.account.served()
        mirror = mirrored.Mirror(folder or self.folder)
        labelled = {message.sha256 for message in served if message.mailboxes}
        mirrored.check_rows(self.checks, f"{name}: equal to what the API serves", gmail.rows(served),
                            gmail.without_archive(mirror.rows(), labelled))
        self.checks.none(f"{name}: the same threads", gmail.thread_problems(served, mirror))
        mirrored.check_layout(self.checks, name, mirror)
        return mirror

    def first(self, loaded):
        run = self.mirror("Gmail")
        self.checks.equal("Gmail: created", loaded.total(), run["created"])
        mirror = self.equal("Gmail")
        served = Counter(email["sha256"] for email in mirror.emails)
        self.checks.check("Gmail: files are exactly the bytes that were loaded", served == loaded,
                          f"{(served & loaded).total()} of {loaded.total()}")

    def after_changes(self, messages):
        """Another client marks, stars, files, archives, trashes, adds and deletes."""
        before = mirrored.Mirror(self.folder)
        change(self.account, [message.content for message in messages[:5]])
        run = self.mirror("Gmail after changes")
        after = self.equal("Gmail after changes")
        self.checks.equal("Gmail after changes: created, destroyed", (5, 5), (run["created"], run["destroyed"]))
        self.checks.below("Gmail after changes: HTTP requests", 60, run["requests"])
        self.ids_kept("Gmail after changes", before, after)
        archived = {tuple(email["mailboxes"]) for email in after.emails} - {
            tuple(email["mailboxes"]) for email in before.emails}
        self.checks.note(f"new combinations of mailboxes: {sorted(archived)}")

    def after_rename(self):
        before = mirrored.Mirror(self.folder)
        label = next(key for key, name in self.account.labels().items() if name == GMAIL_FOLDERS[1])
        self.account.rename_label(label, "Käse & Wein")
        run = self.mirror("Gmail after a label's rename")
        self.ids_kept("Gmail after a label's rename", before, self.equal("Gmail after a label's rename"))
        self.checks.equal("Gmail after a label's rename: created, destroyed", (0, 0),
                          (run["created"], run["destroyed"]))
        self.checks.below("Gmail after a label's rename: bytes, so no message was fetched", 10_000, run["bytes"])

    def ids_kept(self, name, before, after):
        old, new = pairs(before), pairs(after)
        gone = [each for each in old - new if each[1] in {sha256 for _, sha256 in new}]
        self.checks.none(f"{name}: ids are kept", gone, f"{len(old & new)} emails")

    def through_faults(self):
        folder = self.scratch / "faults"
        self.emulator.faults(*FAULTS)
        run = self.mirror("Gmail with 429, 429, 503 and a reset", folder)
        log = self.emulator.log()
        left = self.emulator.get("/_test/stats")["faults"]
        self.emulator.faults()
        self.equal("Gmail with faults", folder)
        self.checks.equal("Gmail with faults: faults that happened", len(FAULTS), left)
        self.checks.none("Gmail with faults: no request inside a Retry-After", gmail.early_requests(log),
                         f"{sum('retryAfter' in entry for entry in log)} windows of 2 s, {len(log)} requests")
        self.checks.check("Gmail with faults: throttledMs", (run["throttledMs"] or 0) >= 1900, run["throttledMs"])
        self.checks.check("Gmail with faults: retries", (run["retries"] or 0) >= len(FAULTS), run["retries"])

    def refused_token(self):
        run = steadymail.mirror(self.emulator.account, self.scratch / "refused", STEADYMAIL_TOKEN="tok-Bovist-0815")
        self.checks.check("Gmail with a wrong token: exit 3", run.code == 3, run.figure())
        shown = [text for text in (run.stdout, run.stderr) if "Bovist" in text]
        kept = mirrored.holds(self.scratch, "Bovist") + mirrored.holds(self.scratch, TOKEN)
        self.checks.none("Gmail: no token in the output or in a folder", shown + kept)


def change(account, contents):
    served = account.served()
    inbox = [message.id for message in served if "INBOX" in message.labels]
    label = account.create_label("Neu/Ünder")
    for message in inbox[:8]:
        account.modify(message, remove=["UNREAD"])
    for message in inbox[5:12]:
        account.modify(message, add=["STARRED", label])
    for message in inbox[12:15]:
        account.modify(message, remove=["INBOX"])
    account.modify(inbox[15], add=["TRASH"], remove=["INBOX"])
    for message in inbox[20:25]:
        account.delete(message)
    for number, content in enumerate(contents):
        labels = ["INBOX", "UNREAD"] if number % 2 else [label]
        account.insert(b"X-Rig: %d.%d\r\n" % (number, time.time()) + content, labels)


def pairs(mirror):
    return {(email["id"], email["sha256"]) for email in mirror.emails}


def again(checks, name, account, folder, secrets):
    before = mirrored.Mirror(folder).bytes
    run = steadymail.mirror(account, folder, **secrets)
    steadymail.check_done(checks, f"{name}, second run", run)
    checks.equal(f"{name}, second run: created, updated, destroyed", (0, 0, 0),
                 (run["created"], run["updated"], run["destroyed"]))
    checks.check(f"{name}, second run: index.jsonl has the same bytes", before == mirrored.Mirror(folder).bytes)


if __name__ == "__main__":
    session.run(__doc__, main, options)
