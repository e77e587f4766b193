"""Another client that goes on changing an account, in a thread of its own."""
import imaplib
import threading
import time

from lab import gmail
from lab.checks import CannotRun


class Restless:
    """Makes one change after the other, with short rests between, while its block runs."""

    def __init__(self, changes, rest):
        self._changes, self._rest = changes, rest
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.made, self.failures = 0, []

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *unused):
        self._over.set()
        self._thread.join(60)

    def _run(self):
        while not self._over.wait(self._rest()):
            try:
                self._changes.one()
                self.made += 1
            except (OSError, imaplib.IMAP4.error, CannotRun) as failure:
                self.failures.append(f"{type(failure).__name__}: {failure}")


class Letters:
    """Messages that are all different, small and of different sizes."""

    def __init__(self, chance):
        self._chance, self._number = chance, 0

    def next(self):
        self._number += 1
        body = self._chance.randbytes(self._chance.randrange(20, 2000)).hex()
        lines = ["From: Eve <eve@example.net>", "To: ada@example.com", f"Subject: letter {self._number}",
                 f"Message-ID: <letter-{self._number}-{self._chance.randrange(10**9)}@example.net>", "",
                 *(body[start:start + 70] for start in range(0, len(body), 70)), ""]
        return "\r\n".join(lines).encode()


class ImapChanges:
    """Adds, flags, moves, copies and deletes by a session of its own."""

    def __init__(self, client, mailboxes, chance):
        self.client, self.mailboxes, self.chance = client, mailboxes, chance
        self.letters = Letters(chance)

    def one(self):
        self.chance.choice([self.add, self.add, self.flag, self.flag, self.move, self.copy, self.delete])()

    def add(self):
        for _ in range(self.chance.randrange(1, 4)):
            flags = self.chance.choice(["()", "(\\Seen)", "(\\Flagged Later)"])
            self.client.append(self.chance.choice(self.mailboxes), flags, time.time(), self.letters.next())

    def add_one(self):
        self.client.append(self.mailboxes[0], "()", time.time(), self.letters.next())

    def flag(self):
        for uids in self._some(8):
            change = self.chance.choice(["+FLAGS.SILENT", "-FLAGS.SILENT"])
            self.client.store(uids, change, self.chance.choice(["(\\Seen)", "(\\Flagged)", "(\\Answered Work)"]))

    def move(self):
        for uids in self._some(3):
            self.client.move(uids, self.chance.choice(self.mailboxes))

    def copy(self):
        for uids in self._some(2):
            self.client.copy(uids, self.chance.choice(self.mailboxes))

    def delete(self):
        for uids in self._some(3):
            self.client.expunge(uids)

    def _some(self, most):
        """Selects a mailbox and yields some of its UIDs, nothing where it is empty."""
        mailbox = self.chance.choice(self.mailboxes)
        uids = self.client.uids(mailbox)
        if uids:
            self.client.select(mailbox)
            yield sorted(self.chance.sample(uids, min(len(uids), self.chance.randrange(1, most + 1))))


class GmailChanges:
    """Adds, marks, stars, labels, archives, trashes and deletes by plain requests."""

    MARKS = [("UNREAD",), ("STARRED",), ("INBOX",), ("IMPORTANT",)]

    def __init__(self, emulator, label, chance):
        self.account, self.label, self.chance = gmail.Account(emulator), label, chance
        self.letters = Letters(chance)

    def one(self):
        self.chance.choice([self.add, self.add, self.mark, self.mark, self.mark, self.trash, self.delete])()

    def add(self):
        labels = self.chance.choice([["INBOX", "UNREAD"], [self.label], ["SENT"], ["SPAM"]])
        self.account.insert(self.letters.next(), labels)

    def add_one(self):
        self.account.insert(self.letters.next(), ["INBOX"])

    def mark(self):
        mark = self.chance.choice([*self.MARKS, (self.label,)])
        add, remove = self.chance.choice([(mark, ()), ((), mark)])
        self.account.modify(self._one(), add=add, remove=remove)

    def trash(self):
        self.account.modify(self._one(), add=["TRASH"], remove=["INBOX"])

    def delete(self):
        self.account.delete(self._one())

    def _one(self):
        return self.chance.choice(self.account.ids())
