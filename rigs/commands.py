"""Compares mailboxes, search and show with what independent clients are told, on Dovecot and the Gmail emulator."""
import base64
import email
import email.policy
import hashlib
import json
import re

from lab import corpus, gmail, imap, mailboxes, mutf7, places, session, steadymail
from lab.dovecot import PASSWORD, Dovecot
from lab.emulator import TOKEN, USER, Emulator
from lab.refusals import TRACE, error_lines

ROLES = {"\\sent": "sent", "\\drafts": "drafts", "\\trash": "trash", "\\junk": "junk", "\\archive": "archive",
         "\\all": "all", "\\flagged": "flagged"}
LABEL_ROLES = {"INBOX": "inbox", "SENT": "sent", "DRAFT": "drafts", "TRASH": "trash", "SPAM": "junk",
               "IMPORTANT": "important"}
ALL_MAIL = ("all", "All Mail")  # where archived mail is; the API has no label for it
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def options(parser):
    parser.add_argument("--count", type=int, default=300, help="messages on Dovecot (default 300)")
    parser.add_argument("--corpus", type=int, default=60, help="messages of the corpus on the emulator (default 60)")
    parser.add_argument("--shown", type=int, default=4, help="messages to show on each server (default 4)")


def main(options, checks, stack):
    steadymail.prepare()
    dovecot = Dovecot(stack)
    client = mailboxes.fill(stack, dovecot, options.count, seed=5, max_kb=40)
    account = f"imap://ada@127.0.0.1:{dovecot.port}?tls=none"
    over_imap(Commands(checks, "IMAP", account, {"STEADYMAIL_PASSWORD": PASSWORD}), stack, client, options)
    emulator = Emulator(stack, labelled(places.scratch(stack, "eml"), options.corpus))
    over_gmail(Commands(checks, "Gmail", emulator.account, {"STEADYMAIL_TOKEN": TOKEN}), stack, emulator, options)


class Commands:
    """The three commands against one account."""

    def __init__(self, checks, name, account, secrets):
        self.checks, self.name, self.account, self.secrets = checks, name, account, secrets

    def run(self, command, *arguments):
        return steadymail.run([command, self.account, *arguments], 60, **self.secrets)

    def lines(self, command, *arguments):
        """The output's lines; a run that did not end with 0 is a failed check."""
        run = self.run(command, *arguments)
        if run.code != 0 or run.stderr:
            self.checks.check(f"{self.name}: {command} {' '.join(arguments)}: exit 0, quiet", False, run.figure())
        return run.stdout.splitlines()

    def ids(self, *arguments):
        return [line.split("\t")[0] for line in self.lines("search", "--limit", "100000", *arguments)]

    def mailboxes(self, expected):
        listed = {tuple(line.split("\t")) for line in self.lines("mailboxes")}
        self.equal("mailboxes: roles and names", expected, listed)
        as_json = {(each["role"] or "-", each["name"]) for each in map(json.loads, self.lines("mailboxes", "--json"))}
        self.equal("mailboxes --json: the same", expected, as_json)

    def searched(self, what, expected, *arguments):
        self.equal(f"search {what}", sorted(expected), sorted(self.ids(*arguments)))

    def equal(self, what, expected, actual):
        figure = f"{len(actual)} found" if expected == actual else f"{actual!s:.200}, expected {expected!s:.200}"
        return self.checks.check(f"{self.name}: {what}", expected == actual, figure)

    def refused(self, what, exit_code, command, *arguments):
        run = self.run(command, *arguments)
        one = len(error_lines(run.stderr)) == 1 and not TRACE.search(run.stderr) and run.stdout == ""
        self.checks.check(f"{self.name}: {what}: exit {exit_code}, one line", run.code == exit_code and one,
                          run.figure())

    def refusals(self, known_id, scratch):
        self.refused("unknown id", 2, "show", "no-such-id")
        self.refused("unknown mailbox", 2, "search", "--mailbox", "no such mailbox")
        self.refused("unknown part", 2, "show", known_id, "--attachment", "99.99", "-o", "-")
        there = scratch / "there"
        there.write_text("mine", encoding="utf-8")
        self.refused("-o names a file that is there", 2, "show", known_id, "--raw", "-o", str(there))
        self.checks.equal(f"{self.name}: that file is unchanged", "mine", there.read_text(encoding="utf-8"))
        self.refused("-o below no folder", 6, "show", known_id, "--raw", "-o", str(scratch / "no" / "file"))

    def shown(self, messages, scratch):
        """Raw octets, text and attachments of some messages, each an (id, octets)."""
        raw, text, parts, count = [], [], [], 0
        for number, (identity, octets) in enumerate(messages):
            file = scratch / f"raw-{number}"
            self.lines("show", identity, "--raw", "-o", str(file))
            if not file.is_file() or file.read_bytes() != octets:
                raw.append(identity)
            shown = self.run("show", identity)
            if shown.code != 0 or CONTROL.search(shown.stdout):
                text.append(f"{identity}: {shown.figure()}")
            wrong, compared = self.attachments(identity, octets, shown.stdout, scratch / f"part-{number}")
            parts += wrong
            count += compared
        self.checks.none(f"{self.name}: show --raw is exact", raw, f"{len(messages)} messages")
        self.checks.none(f"{self.name}: show has no control characters", text, f"{len(messages)} messages")
        self.checks.none(f"{self.name}: show --attachment is what Python decodes", parts, f"{count} attachments")

    def attachments(self, identity, octets, shown, prefix):
        """Every attachment that show names must be, decoded, one that Python's parser finds."""
        parsed = email.message_from_bytes(octets, policy=email.policy.compat32)
        known = {hashlib.sha256(part.get_payload(decode=True) or b"").hexdigest()
                 for part in parsed.walk() if not part.is_multipart()}
        names = [line.split(" ")[1] for line in shown.split("\n\n")[0].splitlines() if line.startswith("Attachment: ")
                 and " message/" not in line]
        wrong = []
        for part in names:
            file = prefix.with_name(f"{prefix.name}-{part}")
            run = self.run("show", identity, "--attachment", part, "-o", str(file))
            if run.code != 0 or hashlib.sha256(file.read_bytes()).hexdigest() not in known:
                wrong.append(f"{identity} part {part}: {run.figure()}")
        return wrong, len(names)


# Dovecot

def over_imap(commands, stack, client, options):
    commands.mailboxes({(role_of(attributes, name), name) for attributes, name in listed(client)})
    validity = {name: uid_validity(client, name) for name in client.mailboxes()}

    def ids(name, uids):
        return [f"{validity[name]}.{uid}.{mutf7.encode(name)}" for uid in uids]

    everything = [each for name in client.mailboxes() for each in ids(name, client.uids(name))]
    commands.searched("everywhere", everything)
    for name in ("Projects/Café & Söhne/日本語 メール", 'say "hello"', "Leer"):
        commands.searched(f"--mailbox {name}", ids(name, client.uids(name)), "--mailbox", name)
    inbox = client.uids("INBOX")
    newest = [line.split("\t")[0] for line in commands.lines("search", "--mailbox", "INBOX", "--limit", "7")]
    commands.equal("search --limit 7: the newest in their order", ids("INBOX", inbox[::-1][:7]), newest)
    for criteria, arguments in ((["UNSEEN"], ["--unseen"]), (["FROM", "müller"], ["--from", "müller"]),
                                (["SUBJECT", "rechnung"], ["--subject", "rechnung"]),
                                (["TEXT", "invoice", "UNSEEN"], ["--text", "invoice", "--unseen"])):
        commands.searched(" ".join(arguments), ids("INBOX", found(client, criteria)), "--mailbox", "INBOX", *arguments)
    chosen = inbox[:: max(1, len(inbox) // options.shown)][:options.shown]
    scratch = places.scratch(stack, "shown")
    commands.shown([(ids("INBOX", [uid])[0], body(client, uid)) for uid in chosen], scratch)
    commands.refusals(ids("INBOX", inbox[:1])[0], scratch)
    commands.refused("--raw where there is no such language", 2, "search", "--raw", "ALL")


def listed(client):
    """Every name of the account's tree, those that only hold others too."""
    items = imap.ok(client.session.list('""', "*"))
    return [imap.listed(item) for item in items]


def role_of(attributes, name):
    roles = [ROLES[attribute] for attribute in attributes if attribute in ROLES]
    return "inbox" if name == "INBOX" else roles[0] if roles else "-"


def uid_validity(client, name):
    status = imap.ok(client.session.status(imap.quoted(name), "(UIDVALIDITY)"))
    text = b"".join(part for item in status for part in (item if isinstance(item, tuple) else (item,)))
    return int(re.search(rb"UIDVALIDITY (\d+)", text)[1])


def found(client, criteria):
    """UIDs in INBOX; a search text that is not ASCII travels as a literal, which must come last."""
    client.select("INBOX", readonly=True)
    texts = [each for each in criteria if not each.isascii()]
    if texts:
        client.session.literal = texts[0].encode()
        return uids(client.session.uid("SEARCH", "CHARSET", "UTF-8", *[each for each in criteria if each.isascii()]))
    return uids(client.session.uid("SEARCH", *criteria))


def uids(response):
    return [int(uid) for uid in imap.ok(response)[0].split()]


def body(client, uid):
    client.select("INBOX", readonly=True)
    return next(item[1] for item in imap.ok(client.session.uid("FETCH", str(uid), "(BODY.PEEK[])"))
                if isinstance(item, tuple))


# Gmail

def labelled(folder, count):
    every = corpus.messages()
    for number, message in enumerate(every[:: max(1, len(every) // count)][:count]):
        inside = folder / USER / ("INBOX" if number % 2 else "Käse & Brot")
        inside.mkdir(parents=True, exist_ok=True)
        (inside / f"{number:04d}.eml").write_bytes(message.content)
    return folder


def over_gmail(commands, stack, emulator, options):
    account = gmail.Account(emulator)
    labels = account.labels()
    commands.mailboxes({ALL_MAIL} | {(LABEL_ROLES.get(identity, "-"), name) for identity, name in labels.items()
                                     if identity not in ("UNREAD", "STARRED")})
    served = account.served()
    commands.searched("everywhere", [each.id for each in served if not {"SPAM", "TRASH"} & set(each.labels)])
    for name in ("INBOX", "Käse & Brot"):
        commands.searched(f"--mailbox {name}", [each.id for each in served if name in each.mailboxes],
                          "--mailbox", name)
    commands.searched("--unseen", [each.id for each in served if "UNREAD" in each.labels], "--unseen")
    commands.searched("--raw label:inbox", [each.id for each in served if "INBOX" in each.labels],
                      "--raw", "label:inbox")
    scratch = places.scratch(stack, "shown")
    chosen = [each.id for each in served[:: max(1, len(served) // options.shown)][:options.shown]]
    commands.shown([(identity, raw(emulator, identity)) for identity in chosen], scratch)
    commands.refusals(chosen[0], scratch)


def raw(emulator, identity):
    return base64.urlsafe_b64decode(emulator.get(f"{gmail.ME}/messages/{identity}?format=raw")["raw"] + "==")


if __name__ == "__main__":
    session.run(__doc__, main, options)
