"""Kills first and later runs at random moments (kill -9) and checks that nothing is lost, doubled or refetched."""
import random
import signal

from lab import imap, mailboxes, mirrored, places, process, session, steadymail
from lab.dovecot import PASSWORD, Dovecot

FIXED_ALLOWANCE = 256 * 1024


def options(parser):
    parser.add_argument("--count", type=int, default=3000, help="messages in the account (default 3000)")
    parser.add_argument("--seed", type=int, default=None, help="of the thresholds (default: random, printed)")
    parser.add_argument("--kills", type=int, default=20, help="how often to kill (default 20)")
    parser.add_argument("--later-kills", type=int, default=12, help="how often to kill later runs (default 12)")
    parser.add_argument("--page", type=int, default=100, help="messages a kill may cost, a page (default 100)")
    parser.add_argument("--max-kb", type=float, default=60, help="largest generated message (default 60)")


def main(options, checks, stack):
    steadymail.prepare()
    seed = random.randrange(10**6) if options.seed is None else options.seed
    thresholds = sorted(random.Random(seed).sample(range(1, options.count * 19 // 20), options.kills))
    checks.note(f"seed {seed}, thresholds {thresholds}")
    dovecot = Dovecot(stack)
    client = mailboxes.fill(stack, dovecot, options.count, seed=1, max_kb=options.max_kb)
    folder = places.scratch(stack, "kill") / "ada"
    account = f"imap://ada@127.0.0.1:{dovecot.port}?tls=none"
    for threshold in thresholds:
        kill_at(checks, stack, account, folder, threshold)
    last_run(checks, client, account, folder, options)
    later = Later(checks, stack, dovecot, client, folder, random.Random(seed))
    later.kill_all(account, options.later_kills)


def kill_at(checks, stack, account, folder, threshold):
    """One run, killed when the number of files under messages/ passes the threshold."""
    goal = max(threshold, count_files(folder) + 1)  # the kill before may have come late; this run must add to it
    running = steadymail.start(steadymail.mirror_arguments(account, folder), STEADYMAIL_PASSWORD=PASSWORD)
    stack.callback(running.close)
    reached = process.until(lambda: count_files(folder) >= goal or not running.alive(), 180, pause=0.003)
    running.signal(signal.SIGKILL)
    ended = running.wait(20)
    present = count_files(folder)
    checks.check(f"kill at {threshold}: killed during the run", reached and ended.code == -signal.SIGKILL,
                 f"{present} files, exit {ended.code} {ended.stderr.strip()[-120:]}")
    state = "no index yet" if mirrored.Mirror(folder).bytes is None else "with an index"
    checks.none(f"kill at {threshold}: the folder is valid", mirrored.valid(folder) + mirrored.broken_files(folder), state)


def count_files(folder):
    return sum(1 for _ in (folder / "messages").glob("??/*.eml"))


def last_run(checks, client, account, folder, options):
    served = client.served()
    present = mirrored.message_files(folder)
    missing = [message for message in served if message.sha256 not in present]
    run = steadymail.mirror(account, folder)
    steadymail.check_done(checks, "last run", run)
    transferred_only_missing(checks, run, served, missing, options)
    mirror = mirrored.Mirror(folder)
    mirrored.check_rows(checks, "last run: equal to what imaplib is served", imap.rows(served), mirror.rows())
    mirrored.check_layout(checks, "last run", mirror)
    again = steadymail.mirror(account, folder)
    checks.equal("run after it: created, destroyed", (0, 0), (again["created"], again["destroyed"]))


def transferred_only_missing(checks, run, served, missing, options):
    """Files on disk count as there; a page in flight at the last kill may be fetched again."""
    created, there = run["created"], len(served) - len(missing)
    figure = f"{there} there + {created} created, {len(served)} in all, at most a page of {options.page} again"
    checks.check("last run: created + what was there = all",
                 created is not None and 0 <= created + there - len(served) <= options.page, figure)
    missing_bytes = sum(message.size for message in missing)
    page_bytes = options.page * sum(message.size for message in served) // max(1, len(served))
    limit = int(missing_bytes * 1.3) + page_bytes + FIXED_ALLOWANCE
    figure = f"{run['bytes']} bytes for {missing_bytes} missing, limit {limit} (1.3 x missing + a page + 256 KiB)"
    within = run["bytes"] is not None and run["bytes"] <= limit
    checks.check("last run: transferred only what was missing", within, figure)


class Later:
    """Runs over a mirror that is complete: killed at any moment, and while they put the index in its place."""

    def __init__(self, checks, stack, dovecot, client, folder, chance):
        self.checks, self.stack, self.dovecot, self.client = checks, stack, dovecot, client
        self.folder, self.chance = folder, chance
        self.killed = {"at any moment": 0, "while the index is written": 0}
        self.problems, self.delivered = [], 100_000

    def kill_all(self, account, kills):
        before = mirrored.Mirror(self.folder)
        usual = self.run_after_a_change(account).seconds
        for number in range(kills):
            self.change()
            self.kill(account, usual, list(self.killed)[number % 2])
        self.checks.none(f"later runs, {kills} times killed: the index is always complete and its files are there",
                         self.problems, str(self.killed))
        self.checks.check("later runs: the kills came in time", min(self.killed.values()) * 4 >= kills / 2, self.killed)
        self.completed(account, before)

    def run_after_a_change(self, account):
        self.change()
        run = steadymail.mirror(account, self.folder)
        steadymail.check_done(self.checks, "later run", run)
        return run

    def change(self):
        """Some new mail, some other flags, some mail gone, each mailbox another part."""
        scratch = places.scratch(self.stack, "new")
        for file in self.dovecot.generate(scratch, 6, seed=9, start=self.delivered, max_kb=20):
            self.client.append("INBOX", "()", 1_760_000_000 + self.delivered, file.read_bytes())
            self.delivered += 1
        uids = self.client.uids("INBOX")
        self.client.select("INBOX")
        self.client.store(self.chance.sample(uids, 40), "+FLAGS.SILENT", "(\\Answered)")
        self.client.expunge(self.chance.sample(uids, 4))

    def kill(self, account, usual, moment):
        running = steadymail.start(steadymail.mirror_arguments(account, self.folder), STEADYMAIL_PASSWORD=PASSWORD)
        self.stack.callback(running.close)
        if moment == "at any moment":
            process.until(lambda: not running.alive(), self.chance.uniform(0.3, 1.1) * usual, pause=0.002)
        else:
            index = self.folder / ".steadymail" / "tmp" / "index"
            process.until(lambda: index.exists() or not running.alive(), 60, pause=0.0005)
            process.until(lambda: not running.alive(), self.chance.uniform(0, 0.04), pause=0.001)
        running.signal(signal.SIGKILL)
        self.killed[moment] += running.wait(20).code == -signal.SIGKILL
        self.problems += mirrored.valid(self.folder) + mirrored.broken_files(self.folder)

    def completed(self, account, before):
        steadymail.check_done(self.checks, "run after the later kills", steadymail.mirror(account, self.folder))
        mirror = mirrored.Mirror(self.folder)
        mirrored.check_rows(self.checks, "run after the later kills: equal to what imaplib is served",
                            imap.rows(self.client.served()), mirror.rows())
        mirrored.check_layout(self.checks, "run after the later kills", mirror)
        old, new = before.ids(), mirror.ids()
        self.checks.none("run after the later kills: ids are kept",
                         [each for each in old.keys() & new.keys() if old[each] != new[each]],
                         f"{len(old.keys() & new.keys())} emails")


if __name__ == "__main__":
    session.run(__doc__, main, options)
