"""The independent IMAP client: Python's imaplib, and what it is served in one pass over an account."""
import hashlib
import imaplib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser

from lab import mutf7
from lab.checks import CannotRun
from lab.dovecot import PASSWORD

SYSTEM_FLAGS = {"\\seen": "$seen", "\\flagged": "$flagged", "\\answered": "$answered", "\\draft": "$draft",
                "\\deleted": "$deleted"}


@dataclass(frozen=True)
class Served:
    """One message as the server serves it now."""

    mailbox: str
    uid: int
    keywords: tuple
    received_at: str
    sha256: str
    size: int
    head: bytes = field(repr=False)

    def row(self):
        return (self.mailbox,), self.sha256, self.keywords, self.size, self.received_at

    def header(self, name):
        """A field of the head with encoded words decoded and blanks made single; empty where there is none."""
        value = BytesHeaderParser().parsebytes(self.head)[name]
        return " ".join(str(make_header(decode_header(value or ""))).split())


class Client:
    """A logged-in imaplib session; mailbox names are decoded paths."""

    def __init__(self, stack, port, user="ada", password=PASSWORD):
        self.session = imaplib.IMAP4("127.0.0.1", port, timeout=120)
        stack.callback(self._leave)
        self.session.login(user, password)

    def mailboxes(self):
        items = ok(self.session.list('""', "*"))
        return [name for attributes, name in map(listed, items) if not attributes & {"\\noselect", "\\nonexistent"}]

    def create(self, mailbox):
        ok(self.session.create(quoted(mailbox)))

    def rename(self, mailbox, target):
        ok(self.session.rename(quoted(mailbox), quoted(target)))

    def delete(self, mailbox):
        ok(self.session.delete(quoted(mailbox)))

    def select(self, mailbox, readonly=False):
        ok(self.session.select(quoted(mailbox), readonly=readonly))

    def uids(self, mailbox):
        self.select(mailbox, readonly=True)
        return [int(uid) for uid in ok(self.session.uid("SEARCH", "ALL"))[0].split()]

    def store(self, uids, change, flags):
        """Changes flags in the selected mailbox, e.g. store([1], "+FLAGS", "(\\Seen)")."""
        ok(self.session.uid("STORE", uid_set(uids), change, flags))

    def expunge(self, uids):
        self.store(uids, "+FLAGS.SILENT", "(\\Deleted)")
        ok(self.session.uid("EXPUNGE", uid_set(uids)))

    def move(self, uids, target):
        """Moves from the selected mailbox (RFC 6851)."""
        ok(self.session.uid("MOVE", uid_set(uids), quoted(target)))

    def copy(self, uids, target):
        """Copies from the selected mailbox."""
        ok(self.session.uid("COPY", uid_set(uids), quoted(target)))

    def append(self, mailbox, flags, when, message):
        """Appends with line ends made CRLF (imaplib does that); raises imaplib's error when refused."""
        ok(self.session.append(quoted(mailbox), flags, imaplib.Time2Internaldate(when), message))

    def served(self):
        return [message for mailbox in self.mailboxes() for message in self.messages(mailbox)]

    def messages(self, mailbox):
        uids = self.uids(mailbox)
        return [message for start in range(0, len(uids), 200)
                for message in self._fetched(mailbox, uids[start:start + 200])]

    def _fetched(self, mailbox, uids):
        items = ok(self.session.uid("FETCH", f"{uids[0]}:{uids[-1]}", "(UID FLAGS INTERNALDATE BODY.PEEK[])"))
        # A literal arrives as (text before it, literal) and the text after it as the next item.
        found = [_message(mailbox, item[0] + (tail if isinstance(tail, bytes) else b""), item[1])
                 for item, tail in zip(items, items[1:] + [b""]) if isinstance(item, tuple)]
        if len(found) != len(uids):
            raise CannotRun(f"imaplib was served {len(found)} of {len(uids)} messages")
        return found

    def contents(self, mailbox):
        """Everything that APPEND takes of each message: flags, received date in quotes, octets."""
        return [found for uid in self.uids(mailbox) for found in self._content(uid)]

    def restore(self, mailbox, contents):
        """Appends what contents() returned."""
        for flags, when, octets in contents:
            ok(self.session.append(quoted(mailbox), flags, when, octets))

    def _content(self, uid):
        items = ok(self.session.uid("FETCH", str(uid), "(FLAGS INTERNALDATE BODY.PEEK[])"))
        for item, tail in zip(items, items[1:] + [b""]):
            if isinstance(item, tuple):
                text = (item[0] + (tail if isinstance(tail, bytes) else b"")).decode("ascii", "replace")
                flags = re.search(r"FLAGS \(([^)]*)\)", text)[1].replace("\\Recent", "").strip()
                yield f"({flags})", re.search(r'INTERNALDATE ("[^"]*")', text)[1], item[1]

    def _leave(self):
        try:
            self.session.logout()
        except (OSError, imaplib.IMAP4.error):
            pass


def rows(served):
    """The account as a multiset of (mailboxes, sha256, keywords, size, receivedAt)."""
    return Counter(message.row() for message in served)


def ok(response):
    status, data = response
    if status != "OK":
        raise imaplib.IMAP4.error(f"{status} {data[-1:]!r}"[:200])
    return [item for item in data if item is not None]


def quoted(mailbox):
    return '"' + mutf7.encode(mailbox).replace("\\", "\\\\").replace('"', '\\"') + '"'


def uid_set(uids):
    return ",".join(map(str, uids))


def listed(item):
    text, literal = (item[0], item[1]) if isinstance(item, tuple) else (item, None)
    match = re.match(rb'\(([^)]*)\) (?:NIL|"(?:\\.|[^"\\])*") (.*)$', text, re.DOTALL)
    name = literal if literal is not None else match[2]
    if literal is None and name.startswith(b'"'):
        name = re.sub(rb"\\(.)", rb"\1", name[1:-1])
    return {word.lower() for word in match[1].decode().split()}, mutf7.decode(name.decode())


def _message(mailbox, text, body):
    text = text.decode("ascii", "replace")
    return Served(mailbox, int(re.search(r"UID (\d+)", text)[1]), keywords(re.search(r"FLAGS \(([^)]*)\)", text)[1]),
                  utc(re.search(r'INTERNALDATE "([^"]*)"', text)[1]), hashlib.sha256(body).hexdigest(), len(body),
                  body.partition(b"\r\n\r\n")[0])


def keywords(flags):
    lower = {flag.lower() for flag in flags.split()} - {"\\recent"}
    return tuple(sorted(SYSTEM_FLAGS.get(flag, flag) for flag in lower))


def utc(internal_date):
    when = datetime.strptime(internal_date.strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(timezone.utc)
    return when.strftime("%Y-%m-%dT%H:%M:%S.000Z")
