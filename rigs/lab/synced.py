"""Syncs without bodies: what changes cost on the wire at different sizes, and what a longer line costs in time."""
import contextlib
import os
import time
from pathlib import Path

from lab import places
from lab.changes import NEW, REFLAGGED, REMOVED
from lab.imap import Client

WIRE_BAR = 10_000
# What the same changes may cost more in the largest mailbox than in the smallest: UIDs are longer there.
GROWTH_BAR = 2_000
DELAY_BAR = 3.0
# Of one file; the file systems of Linux allow more.
LINKS = 10_000


def incremental(checks, stack, field, sizes):
    """The same changes in mailboxes of several sizes; the sync after them is measured."""
    rows = [_changed(checks, stack, field, size) for size in sizes]
    print("\n| messages | first sync, s | bytes without changes | after 80 changes: bytes | commands | s |\n"
          "|---|---|---|---|---|---|")
    for row in rows:
        print(f"| {row['size']:,} | {row['first']['seconds']:.1f} | {row['unchanged']['bytes']:,} "
              f"| {row['changed']['bytes']:,} | {row['changed']['commands']} | {row['changed']['seconds']:.2f} |")
    print(flush=True)
    for row in rows:
        checks.below(f"sync of {row['size']} messages after 80 changes: bytes", WIRE_BAR, row["changed"]["bytes"])
    if len(rows) > 1:
        cost = [row["changed"]["bytes"] for row in rows]
        checks.below("sync after 80 changes: bytes from the smallest to the largest mailbox", GROWTH_BAR,
                     max(cost) - min(cost))
    return rows


def _changed(checks, stack, field, size):
    user = f"size{size}"
    client = Client(stack, field.dovecot.port, user)
    client.select("INBOX")
    field.dovecot.place(user, "INBOX", _small(places.scratch(stack, "small"), size))
    client.select("INBOX", readonly=True)
    state = places.scratch(stack, "state")
    with contextlib.ExitStack() as inner:
        jvm = field.java(inner, user)
        first, unchanged = jvm.ask("sync", "state", state), jvm.ask("sync", "state", state)
        # Of a new mailbox; a search that lists 200,000 would be longer than a line that imaplib reads.
        _change(client, range(1, size + 1))
        changed = jvm.ask("sync", "state", state)
    checks.equal(f"first sync of {size} messages: created", size, first["created"])
    checks.equal(f"sync of {size} messages after 80 changes: created, updated, destroyed", (NEW, REFLAGGED, REMOVED),
                 (changed["created"], changed["updated"], changed["destroyed"]))
    return {"size": size, "first": first, "unchanged": unchanged, "changed": changed}


def _change(client, uids):
    """Spread evenly over the mailbox, no message twice."""
    step = len(uids) // (REFLAGGED + REMOVED)
    chosen = uids[::step][:REFLAGGED + REMOVED]
    removed = chosen[::len(chosen) // REMOVED][:REMOVED]
    client.select("INBOX")
    client.store([uid for uid in chosen if uid not in removed], "+FLAGS.SILENT", "(\\Flagged)")
    client.expunge(removed)
    for number in range(NEW):
        client.append("INBOX", "()", time.time() - number, _message(len(uids) + number))


def _small(folder, count):
    """Files as Dovecot names them, with the sizes in the name: it then need not open each for its size.

    Their content is the same for so many that links, which are made faster than files, serve for it.
    """
    folder, files = Path(folder), []
    for number in range(count):
        if number % LINKS == 0:
            message = _message(number)
            content = folder / f"content{number}"
            content.write_bytes(message)
            lines = message.count(b"\n")
        file = folder / f"{1_500_000_000 + 60 * number}.M{number}P1.small,S={len(message)},W={len(message) + lines}:2,S"
        os.link(content, file)
        files.append(file)
    return files


def _message(number):
    return (f"From: ada{number % 97}@example.com\nTo: bob@example.org\nSubject: Number {number}\n"
            f"Message-ID: <{number}@example.com>\nDate: Fri, 14 Jul 2017 02:40:00 +0000\n\nHello {number}\n").encode()


def delayed(checks, stack, field, options):
    """First syncs with structures, through a proxy that only forwards and through a slow one, after a warm-up."""
    latencies = (0, 0, options.delay // 2)
    with contextlib.ExitStack() as inner:
        jvm = field.java(inner)
        _, near, far = [jvm.ask("sync", "structure", places.scratch(stack, "far"), each) for each in latencies]
    print(f"\n| first sync of {options.count:,} messages | s | commands | connections |\n|---|---|---|---|")
    for name, run in (("as it is", near), (f"{options.delay} ms more a round trip", far)):
        print(f"| {name} | {run['seconds']:.2f} | {run['commands']} | {run['connections']} |")
    print(flush=True)
    checks.equal("slow line: created", options.count, far["created"])
    checks.below(f"slow line: seconds more at {options.delay} ms a round trip", DELAY_BAR,
                 round(far["seconds"] - near["seconds"], 2), " s")
    return {"near": near, "far": far}
