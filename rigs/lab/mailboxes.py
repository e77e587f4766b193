"""The account that the Dovecot rigs mirror: generated mail over mailboxes with awkward names."""
from lab import imap, places

# Share of the mail per mailbox. The names have what mailbox names can have: levels, blanks, ampersands,
# other scripts, quotes; one mailbox stays empty and `Projects` exists only as a parent.
SHARES = {
    "INBOX": 30,
    "Sent": 10,
    "Archive/2024": 24,
    "Projects/Café & Söhne": 12,
    "Projects/Café & Söhne/日本語 メール": 10,
    "Tom & Jerry": 6,
    "Счета/Май 🎉": 5,
    'say "hello"': 3,
    "Leer": 0,
}
RENAMED = ("Archive/2024", "Archive/Älter & 2024")


def fill(stack, dovecot, count, seed, user="ada", max_kb=200):
    """Generates count messages and spreads them; returns a logged-in independent client."""
    client = imap.Client(stack, dovecot.port, user)
    for mailbox in SHARES:
        _ensure(client, mailbox)
    files = dovecot.generate(places.scratch(stack, "gen"), count, seed, max_kb=max_kb)
    for mailbox, part in _parts(files).items():
        dovecot.place(user, mailbox, part)
        _mark(client, mailbox)
    return client


def _ensure(client, mailbox):
    if mailbox not in client.mailboxes():
        client.create(mailbox)
    client.select(mailbox)  # Dovecot lists special-use mailboxes at once but makes their folders on first use


def _parts(files):
    total, parts, at = sum(SHARES.values()), {}, 0
    for mailbox, share in SHARES.items():
        take = len(files) * share // total
        parts[mailbox] = files[at:at + take]
        at += take
    parts["INBOX"] = parts["INBOX"] + files[at:]
    return parts


def _mark(client, mailbox):
    """Keywords beyond the system flags, in mixed case, and a few \\Deleted that stay."""
    uids = client.uids(mailbox)
    if len(uids) < 12:
        return
    client.select(mailbox)
    client.store(uids[::7], "+FLAGS.SILENT", "($Forwarded Work)")
    client.store(uids[3::11], "+FLAGS.SILENT", "(NonJunk $MDNSent)")
    client.store(uids[5::40], "+FLAGS.SILENT", "(\\Deleted)")
