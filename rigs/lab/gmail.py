"""The independent Gmail client: plain REST calls, and what the account serves now."""
import base64
import hashlib
import re
import urllib.parse
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timezone

FOUR_CENTURIES = 146_097 * 86_400
ME = "/gmail/v1/users/me"


@dataclass(frozen=True)
class Served:
    """One message as the API serves it now; labels are ids, mailboxes their names without UNREAD and STARRED."""

    id: str
    thread_id: str
    labels: tuple
    mailboxes: tuple
    received_at: str
    sha256: str
    size: int

    def row(self):
        return self.mailboxes, self.sha256, keywords(self.labels), self.size, self.received_at


class Account:
    def __init__(self, emulator):
        self.emulator = emulator

    def labels(self):
        return {label["id"]: label["name"] for label in self.emulator.get(f"{ME}/labels")["labels"]}

    def history_id(self):
        return self.emulator.get(f"{ME}/profile")["historyId"]

    def served(self):
        names = self.labels()
        return [self._message(each, names) for each in self.ids()]

    def ids(self):
        found, token = [], None
        while True:
            query = {"maxResults": 500, "includeSpamTrash": "true", **({"pageToken": token} if token else {})}
            page = self.emulator.get(f"{ME}/messages?{urllib.parse.urlencode(query)}")
            found += [message["id"] for message in page.get("messages", [])]
            token = page.get("nextPageToken")
            if not token:
                return found

    def modify(self, message, add=(), remove=()):
        change = {"addLabelIds": list(add), "removeLabelIds": list(remove)}
        self.emulator.post(f"{ME}/messages/{message}/modify", change)

    def insert(self, raw, labels):
        self.emulator.post(f"{ME}/messages", {"raw": base64.urlsafe_b64encode(raw).decode(), "labelIds": list(labels)})

    def delete(self, message):
        self.emulator.delete(f"{ME}/messages/{message}")

    def create_label(self, name):
        return self.emulator.post(f"{ME}/labels", {"name": name})["id"]

    def rename_label(self, label, name):
        self.emulator.patch(f"{ME}/labels/{label}", {"name": name})

    def _message(self, message, names):
        got = self.emulator.get(f"{ME}/messages/{message}?format=raw")
        raw = base64.urlsafe_b64decode(got["raw"] + "==")
        labels = tuple(sorted(got.get("labelIds", [])))
        mailboxes = tuple(sorted(names[label] for label in labels if label not in ("UNREAD", "STARRED")))
        return Served(message, got["threadId"], labels, mailboxes, instant(int(got["internalDate"])),
                      hashlib.sha256(raw).hexdigest(), len(raw))


def keywords(labels):
    return tuple((["$flagged"] if "STARRED" in labels else []) + (["$seen"] if "UNREAD" not in labels else []))


def instant(millis):
    """UTC ISO-8601; years beyond four digits carry a sign, and hostile Date headers do lead there."""
    cycles, seconds = divmod(millis // 1000, FOUR_CENTURIES)
    when = datetime.fromtimestamp(seconds, timezone.utc)
    year = when.year + 400 * cycles
    sign = "+" if year > 9999 else "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{when.strftime('%m-%dT%H:%M:%S')}.{millis % 1000:03d}Z"


def rows(served):
    """The account as a multiset of (mailboxes, sha256, keywords, size, receivedAt)."""
    return Counter(message.row() for message in served)


def without_archive(rows, labelled):
    """Emails in no label: the contract puts them in role all, whose mailbox has no name that the API could tell."""
    result = Counter()
    for row, count in rows.items():
        result[row if row[1] in labelled else ((), *row[1:])] += count
    return result


def thread_problems(served, mirror):
    """Emails are one thread in the mirror exactly where they are one for the API; contents held twice are left out."""
    copies = Counter(message.sha256 for message in served)
    theirs = {message.sha256: message.thread_id for message in served if copies[message.sha256] == 1}
    pairs = {(theirs[email["sha256"]], email["threadId"]) for email in mirror.emails if email["sha256"] in theirs}
    return [f"{side} {key} is {count} threads on the other side"
            for number, side in enumerate(("the API's", "the mirror's"))
            for key, count in Counter(pair[number] for pair in pairs).items() if count > 1 or key is None]


def is_message(entry):
    """Whether a request in the emulator's log read one message."""
    return entry["method"] == "GET" and re.fullmatch(r".*/messages/[^/]+", entry["path"]) is not None


def early_requests(log, grace_ms=150):
    """Requests inside a Retry-After window; the grace covers those already on their way when it was stated."""
    windows = [(entry["at"] + entry.get("ms", 0), entry["retryAfter"] * 1000) for entry in log if "retryAfter" in entry]
    return [f"{entry['method']} {entry['path']} {entry['at'] - start} ms into {length} ms"
            for start, length in windows for entry in log if start + grace_ms < entry["at"] < start + length]
