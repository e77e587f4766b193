"""Kills mirrors while another client changes the account, then makes gaps in what a mirror rests on, and compares."""
import random
import shutil
import signal
from collections import Counter
from dataclasses import dataclass

from lab import gmail, imap, mailboxes, mirrored, places, process, session, steadymail
from lab.dovecot import PASSWORD, Dovecot
from lab.emulator import TOKEN, USER, Emulator
from lab.proxy import Proxy
from lab.restless import GmailChanges, ImapChanges, Restless

CHANGED = ["INBOX", "Archive/2024", "Tom & Jerry", "Leer"]  # mailboxes that the other client changes
RECREATED = "Archive/2024"
ROLES = ["INBOX", "SENT", "TRASH"]


def options(parser):
    parser.add_argument("--count", type=int, default=600, help="messages on Dovecot (default 600)")
    parser.add_argument("--gmail-count", type=int, default=200, help="messages on the emulator (default 200)")
    parser.add_argument("--kills", type=int, default=20, help="runs to kill on each server (default 20)")
    parser.add_argument("--gap-kills", type=int, default=4, help="runs to kill after each gap (default 4; 0: none)")
    parser.add_argument("--seed", type=int, default=None, help="of moments and changes (default: random, printed)")
    parser.add_argument("--only", choices=["imap", "gmail"], help="one of the two servers")


def main(options, checks, stack):
    steadymail.prepare()
    seed = random.randrange(10**6) if options.seed is None else options.seed
    checks.note(f"seed {seed}")
    if options.only != "gmail":
        over_imap(Imap(checks, stack, options, random.Random(seed)), options)
    if options.only != "imap":
        over_gmail(Gmail(checks, stack, options, random.Random(seed)), options)


def over_imap(rig, options):
    rig.restless("kills", options.kills)
    rig.one_difference()
    gaps = {"UIDVALIDITY changed": rig.recreate,
            "UIDVALIDITY changed, another order": rig.recreate_shuffled,
            "indexes lost": lambda: rig.lose_indexes(numbers=False),
            "indexes and UIDs lost": lambda: rig.lose_indexes(numbers=True)}
    for name, gap in gaps.items():
        rig.after(name, gap, options.gap_kills)
    rig.replace_one()
    rig.none_failed()


def over_gmail(rig, options):
    rig.restless("kills", options.kills)
    rig.one_difference()
    rig.after("history floor raised", rig.raise_floor, options.gap_kills)
    rig.emulator.post("/_test/history-floor", {})
    rig.none_failed()


@dataclass(frozen=True)
class Gap:
    """What a gap was about: messages, how many share mailbox, size and time with another, and how many were removed.

    By size and time a renumbered message is recognised, so twins may be transferred again, and nothing else.
    """

    messages: int
    twins: int = 0
    removed: int = 0

    @classmethod
    def of(cls, messages):
        copies = Counter((message.mailbox, message.size, message.received_at) for message in messages)
        return cls(len(messages), sum(count for count in copies.values() if count > 1))


class Rig:
    """One account, its mirror folder, another client, and the checks that both servers share."""

    def __init__(self, checks, stack, name, account, secrets, chance):
        self.checks, self.stack, self.name = checks, stack, name
        self.account, self.secrets, self.chance = account, secrets, chance
        self.folder = places.scratch(stack, "gaps") / "ada"
        self.failures = []
        self.shortest = self.longest = 0.0

    def mirror(self, name):
        run = steadymail.mirror(self.account, self.folder, **self.secrets)
        steadymail.check_done(self.checks, f"{self.name}, {name}", run)
        return run

    def restless(self, name, kills):
        """Runs are killed while the account changes; then, in the quiet, one run makes all good."""
        killed, tries, problems, before = 0, 0, [], len(mirrored.message_files(self.folder))
        self.take_measure()
        with Restless(self.changes(), lambda: self.chance.uniform(0.02, 0.3)) as other:
            while killed < kills and tries < 3 * kills:
                tries += 1
                killed += self.kill()
                problems += mirrored.valid(self.folder) + mirrored.broken_files(self.folder)
        self.failures += other.failures
        self.checks.none(f"{self.name}, {name}: the folder is valid after every kill", problems,
                         f"{killed} of {tries} killed in time, {other.made} changes meanwhile, "
                         f"{before} to {len(mirrored.message_files(self.folder))} files")
        self.checks.check(f"{self.name}, {name}: kills came in time", killed * 2 >= kills, f"{killed} of {tries}")
        self.mirror(name)
        self.equal(name, "--content")

    def take_measure(self):
        """How long a command takes to ask for the mailboxes now: before that a mirror has nothing to lose."""
        asked = steadymail.run(["mailboxes", self.account], **self.secrets).seconds
        self.shortest, self.longest = 0.7 * asked, max(self.longest, 1.7 * asked)

    def kill(self):
        """Longer runs follow where the kill came in time, shorter ones where it did not."""
        running = steadymail.start(steadymail.mirror_arguments(self.account, self.folder), **self.secrets)
        self.stack.callback(running.close)
        process.until(lambda: not running.alive(), self.chance.uniform(self.shortest, self.longest), pause=0.003)
        running.signal(signal.SIGKILL)
        ended = running.wait(20)
        if ended.code == -signal.SIGKILL:
            self.longest *= 1.15
            return True
        if ended.code != 0:
            self.failures.append(f"a run that was not killed: exit {ended.code}, {ended.stderr.strip()[-200:]}")
        self.longest = max(self.shortest, 0.9 * ended.seconds)
        return False

    def equal(self, name, *options):
        served = self.served()
        mirror = mirrored.Mirror(self.folder)
        mirrored.check_rows(self.checks, f"{self.name}, {name}: equal to what the server serves", self.rows(served),
                            self.mirror_rows(mirror, served))
        mirrored.check_layout(self.checks, f"{self.name}, {name}", mirror)
        verified = steadymail.verify(self.account, self.folder, *options, **self.secrets)
        figure = f"{verified['emails']} emails, {verified['requests']} requests, {verified['bytes']} bytes"
        told = verified.stdout.splitlines()[:1]
        self.checks.check(f"{self.name}, {name}: mirror --verify says equal",
                          verified.code == 0 and verified["exit"] == 0 and verified["changing"] == 0,
                          figure if verified.code == 0 else f"{verified.figure()} {told}")
        return mirror

    def one_difference(self):
        """The check before can fail: one more message is seen, and said to be missing."""
        changes = self.changes()
        changes.add_one()
        verified = steadymail.verify(self.account, self.folder, **self.secrets)
        self.checks.check(f"{self.name}: mirror --verify sees one new message",
                          (verified.code, verified["missing"], verified["gone"]) == (5, 1, 0), verified.stdout[:300])
        self.mirror("after one new message")

    def after(self, name, gap, kills):
        """Once in the quiet, and where kills are asked for, again with kills and changes right after the gap."""
        self.quiet(name, gap)
        if kills:
            gap()
            self.restless(f"{name}, kills", kills)

    def quiet(self, name, gap):
        """A gap where nothing else happens: whatever is transferred again is for the gap alone."""
        before = mirrored.Mirror(self.folder)
        about = gap()
        self.forget_transfers()
        run = self.mirror(name)
        again = self.transfers()
        after = self.equal(name)
        figure = f"{again} of {about.messages} messages, {about.twins} twins, {run['bytes']} bytes, " + ", ".join(
            f"{key} {run[key]}" for key in ("requests", "mode", "created", "destroyed", "recovered"))
        self.checks.check(f"{self.name}, {name}: no message is transferred again but twins", again <= about.twins,
                          figure)
        old, kept = pairs(before), pairs(before) & pairs(after)
        self.checks.check(f"{self.name}, {name}: ids are kept, but those of twins",
                          len(old) - len(kept) <= about.twins + about.removed, f"{len(kept)} of {len(old)}")

    def none_failed(self):
        self.checks.none(f"{self.name}: the other client and runs that ended by themselves did not fail", self.failures)


class Imap(Rig):
    """An account on Dovecot behind a proxy that counts messages."""

    def __init__(self, checks, stack, options, chance):
        self.dovecot = Dovecot(stack)
        self.client = mailboxes.fill(stack, self.dovecot, options.count, seed=11, max_kb=20)
        self.proxy = Proxy(stack, self.dovecot.port)
        super().__init__(checks, stack, "IMAP", f"imap://ada@127.0.0.1:{self.proxy.port}?tls=none",
                         {"STEADYMAIL_PASSWORD": PASSWORD}, chance)

    def changes(self):
        return ImapChanges(imap.Client(self.stack, self.dovecot.port), CHANGED, self.chance)

    def served(self):
        return self.client.served()

    def rows(self, served):
        return imap.rows(served)

    def mirror_rows(self, mirror, served):
        return mirror.rows()

    def forget_transfers(self):
        self.proxy.reset()

    def transfers(self):
        return self.proxy.messages()

    def recreate_shuffled(self):
        contents = self.client.contents(RECREATED)
        self.chance.shuffle(contents)
        return self.recreate(contents)

    def recreate(self, contents=None):
        """A mailbox is deleted and made again with the same mail, as a migration does."""
        contents = contents or self.client.contents(RECREATED)
        self.client.select("INBOX")
        self.client.delete(RECREATED)
        self.client.create(RECREATED)
        self.client.restore(RECREATED, contents)
        return Gap.of(self.client.messages(RECREATED))

    def replace_one(self):
        """One message comes back as another of the same size and second: it is read again, as --content tells."""
        contents = self.client.contents(RECREATED)
        seen = Counter((len(octets), when) for _, when, octets in contents)
        number = next(n for n, (_, when, octets) in enumerate(contents)
                      if seen[len(octets), when] == 1 and b"\nMessage-ID: <" in octets)
        flags, when, octets = contents[number]
        contents[number] = flags, when, altered(octets)
        self.recreate(contents)
        self.mirror("one message replaced")
        told = steadymail.verify(self.account, self.folder, "--content", **self.secrets)
        mirrored.check_rows(self.checks, f"{self.name}, one message replaced: equal to what is served",
                            imap.rows(self.served()), mirrored.Mirror(self.folder).rows())
        self.checks.equal(f"{self.name}, one message replaced: mirror --verify --content finds nothing", (0, 0),
                          (told.code, told["content"]))

    def lose_indexes(self, numbers):
        """The server loses what it derived of the mail: modification numbers begin anew; with numbers UIDs do, too."""
        self.flag_some()
        lost = self.dovecot.lose_indexes("ada", numbers)
        self.client = imap.Client(self.stack, self.dovecot.port)
        self.flag_some()
        served = self.served()
        self.checks.note(f"{lost} files lost, {len(served)} messages")
        return Gap.of(served) if numbers else Gap(len(served))

    def flag_some(self):
        for mailbox in CHANGED:
            uids = self.client.uids(mailbox)
            self.client.select(mailbox)
            if uids:
                self.client.store(self.chance.sample(uids, min(5, len(uids))), "+FLAGS.SILENT", "(\\Flagged Seldom)")


class Gmail(Rig):
    """An account on the Gmail emulator, whose log tells what was read."""

    def __init__(self, checks, stack, options, chance):
        self.emulator = Emulator(stack, self.mail(stack, options.gmail_count))
        self.label = gmail.Account(self.emulator).create_label("Neu/Ünder")
        super().__init__(checks, stack, "Gmail", self.emulator.account, {"STEADYMAIL_TOKEN": TOKEN}, chance)

    def mail(self, stack, count):
        folder = places.scratch(stack, "eml")
        letters = places.scratch(stack, "letters")
        self.generate(letters, count)
        for number, file in enumerate(sorted((letters / "cur").iterdir())):
            into = folder / USER / ROLES[number % len(ROLES)]
            into.mkdir(parents=True, exist_ok=True)
            shutil.move(file, into / f"{number:04d}.eml")
        return folder

    @staticmethod
    def generate(into, count):
        script = places.shared("servers", "dovecot", "generate.py")
        process.run(["python3", script, into, "--count", count, "--seed", 12, "--max-kb", 20], 120)

    def changes(self):
        return GmailChanges(self.emulator, self.label, self.chance)

    def served(self):
        return gmail.Account(self.emulator).served()

    def rows(self, served):
        return gmail.rows(served)

    def mirror_rows(self, mirror, served):
        return gmail.without_archive(mirror.rows(), {message.sha256 for message in served if message.mailboxes})

    def forget_transfers(self):
        self.emulator.clear_log()

    def transfers(self):
        return sum(gmail.is_message(entry) for entry in self.emulator.log())

    def raise_floor(self):
        """History is lost from where the mirror stands, with changes in it."""
        account = gmail.Account(self.emulator)
        ids = self.chance.sample(account.ids(), 8)
        for message in ids[:6]:
            account.modify(message, add=["STARRED", self.label])
        for message in ids[6:]:
            account.delete(message)
        self.emulator.post("/_test/history-floor", {"oldest": account.history_id()})
        return Gap(len(account.ids()), removed=2)


def altered(octets):
    """Another message of the same size: one letter of its Message-ID is another, and so is its last one."""
    head, _, tail = octets.partition(b"Message-ID: <")
    if not tail:
        raise AssertionError("the message that was chosen has no Message-ID")
    at = max(tail.rfind(bytes([letter])) for letter in range(ord("a"), ord("z")))
    tail = tail[:at] + bytes([tail[at] + 1]) + tail[at + 1:]
    return head + b"Message-ID: <" + (b"a" if tail[:1] != b"a" else b"b") + tail[1:]


def pairs(mirror):
    return {(email["id"], email["sha256"]) for email in mirror.emails}


if __name__ == "__main__":
    session.run(__doc__, main, options)
