"""Makes every way to fail happen once and checks exit code, message, output, secrets and the folder."""
import json
import shutil
import signal
import sys
from pathlib import Path

from lab import imap, mailboxes, mirrored, places, process, session, steadymail
from lab.dovecot import PASSWORD, Dovecot
from lab.listeners import ForeignName, Silent, WithoutStartTls
from lab.proxy import Proxy
from lab.refusals import check_refused, leaks

# Never right anywhere.
SECRET = "hunter2-Sauerampfer"
UNSENDABLE = [["send", "--to", "bob@example.org", "--text", "Hi"], ["drafts", "--send", "7"]]


def options(parser):
    parser.add_argument("--count", type=int, default=400,
                        help="messages in the account (default 400; 300 or more fill the small disk)")
    parser.add_argument("--skip-patience", action="store_true", help="leave out the silent server without --deadline")


def main(options, checks, stack):
    steadymail.prepare()
    rig = Rig(checks, stack, options)
    rig.usage()
    patient = None if options.skip_patience else rig.start_patient()
    rig.credentials()
    rig.unreachable()
    rig.trust()
    rig.storage()
    rig.another_account()
    rig.in_use_and_interrupted()
    rig.disk_full()
    if patient:
        rig.end_patient(*patient)


class Rig:
    def __init__(self, checks, stack, options):
        self.checks, self.stack = checks, stack
        self.dovecot = Dovecot(stack)
        self.client = mailboxes.fill(stack, self.dovecot, options.count, seed=7)
        self.scratch = places.scratch(stack, "errors")
        self.plain = f"imap://ada@127.0.0.1:{self.dovecot.port}?tls=none"

    def folder(self, name):
        return self.scratch / name

    def refused(self, name, exit_code, account, *options, folder=None, password=PASSWORD, secret=None, kinds=None):
        """Runs mirror, checks the refusal, and returns the run."""
        folder = folder or self.folder(name.replace(" ", "-"))
        run = steadymail.mirror(account, folder, *options, seconds=90, STEADYMAIL_PASSWORD=password)
        check_refused(self.checks, name, run, exit_code, folder, secret or password, kinds)
        return run

    # Wrong usage

    def usage(self):
        run = steadymail.run([])
        self.checks.check("no arguments: usage on standard error, exit 2",
                          run.code == 2 and "mirror" in run.stderr and run.stdout == "", run.figure())
        for command, *options in UNSENDABLE:
            run = steadymail.run([command, self.plain, *options])
            self.checks.check(f"{command} without a server to send by: told how to name one, exit 2",
                              run.code == 2 and "smtp=HOST:PORT" in run.stderr and run.stdout == "", run.figure())
        with_secret = self.plain.replace("ada@", f"ada:{SECRET}@")
        self.refused("secret after USER", 2, with_secret, secret=SECRET)
        self.refused("secret as a parameter", 2, f"{self.plain}&password={SECRET}", secret=SECRET)
        self.refused("secret as an option", 2, self.plain, "--password", SECRET, secret=SECRET)
        self.refused("tls=none to a host that is not loopback", 2, "imap://ada@mail.example.com?tls=none")
        self.refused("plain http to a root that is not loopback", 2, "gmail://ada@example.com?root=http://192.0.2.1/")
        self.refused("unknown scheme", 2, "pop3://ada@127.0.0.1")
        self.no_folder_made()

    def no_folder_made(self):
        made = [path.name for path in self.scratch.iterdir()]
        self.checks.none("wrong usage: nothing was written", made)

    # Credentials

    def credentials(self):
        self.refused("wrong password", 3, self.plain, password=SECRET, kinds={"AUTH", "REAUTH_REQUIRED"})
        run = steadymail.run(steadymail.mirror_arguments(self.plain, self.folder("no-secret")), 60)
        self.checks.check("no secret and no terminal: ends with 2 or 3", run.code in (2, 3), run.figure())

    # Servers that cannot be reached

    def unreachable(self):
        closed, = places.free_ports(1)
        self.refused("unknown host", 4, "imaps://ada@no-such-host.invalid", "--deadline", "10s")
        self.refused("closed port", 4, f"imap://ada@127.0.0.1:{closed}?tls=none", "--deadline", "10s")
        silent = Silent(self.stack)
        run = self.refused("silent server", 4, f"imap://ada@127.0.0.1:{silent.port}?tls=none", "--deadline", "10s")
        self.checks.below("silent server: ends by its deadline of 10 s", 20, round(run.seconds, 1), " s")

    def start_patient(self):
        silent = Silent(self.stack)
        folder = self.folder("patient")
        arguments = steadymail.mirror_arguments(f"imap://ada@127.0.0.1:{silent.port}?tls=none", folder)
        running = steadymail.start(arguments, STEADYMAIL_PASSWORD=PASSWORD)
        self.stack.callback(running.close)
        return running, folder

    def end_patient(self, running, folder):
        run = steadymail.finished(running, 120)
        check_refused(self.checks, "silent server without --deadline", run, 4, folder, PASSWORD)
        self.checks.below("silent server without --deadline: gives up after 30 s", 45, round(run.seconds, 1), " s")

    # TLS

    def trust(self):
        foreign = ForeignName(self.stack, self.scratch)
        self.refused("wrong certificate name", 4, f"imaps://ada@127.0.0.1:{foreign.port}?ca={foreign.certificate}",
                     "--deadline", "15s")
        self.checks.equal("wrong certificate name: bytes sent inside TLS", 0, len(foreign.received))
        self.refused("untrusted certificate", 4, f"imaps://ada@127.0.0.1:{self.dovecot.tls_port}", "--deadline", "15s")
        stripped = WithoutStartTls(self.stack)
        self.refused("server without STARTTLS", 4, f"imap://ada@127.0.0.1:{stripped.port}", "--deadline", "15s")
        sent = [word for word in (b"LOGIN", b"AUTHENTICATE", PASSWORD.upper().encode())
                if word in bytes(stripped.received).upper()]
        self.checks.none("server without STARTTLS: no login was sent", sent)

    # The folder

    def storage(self):
        file = self.scratch / "regular-file"
        file.write_text("not a folder\n", encoding="utf-8")
        self.refused("DIR below a regular file", 6, self.plain, folder=file / "mirror", kinds={"STORAGE"})
        self.refused("DIR is a regular file", 6, self.plain, folder=file, kinds={"STORAGE"})
        self.checks.equal("DIR is a regular file: it is unchanged", "not a folder\n", file.read_text(encoding="utf-8"))

    def another_account(self):
        folder = self.folder("of-ada")
        steadymail.check_done(self.checks, "folder of ada", steadymail.mirror(self.plain, folder))
        before = mirrored.Mirror(folder).bytes
        run = steadymail.mirror(self.plain.replace("ada@", "bob@"), folder)
        self.checks.check("DIR of another account: exit 2", run.code == 2, run.figure())
        self.checks.none("DIR of another account: the secret is nowhere", leaks(run, folder, PASSWORD))
        self.checks.check("DIR of another account: index.jsonl is unchanged", before == mirrored.Mirror(folder).bytes)
        self.checks.none("DIR of another account: the folder is valid", mirrored.valid(folder))

    def in_use_and_interrupted(self):
        """A slow first run holds the folder; a second is refused; SIGINT ends the first; the next one completes it."""
        folder = self.folder("slow")
        proxy = Proxy(self.stack, self.dovecot.port, rate=400_000)
        account = f"imap://ada@127.0.0.1:{proxy.port}?tls=none"
        running = steadymail.start(steadymail.mirror_arguments(account, folder), STEADYMAIL_PASSWORD=PASSWORD)
        self.stack.callback(running.close)
        # More than a page: a page whose last file is missing is not in the index, and goes when the run ends.
        under_way = process.until(lambda: len(mirrored.message_files(folder)) > 100 or not running.alive(), 120)
        self.checks.check("DIR in use: the first run is under way", under_way and running.alive())
        self.refused("DIR in use", 7, account, folder=folder)
        running.signal(signal.SIGINT)
        run = steadymail.finished(running, 30)
        check_refused(self.checks, "SIGINT", run, 130, folder, PASSWORD)
        self.interrupted(folder)
        proxy.rate = None
        self.completes("run after SIGINT", steadymail.mirror(account, folder), folder)

    def interrupted(self, folder):
        mirror = mirrored.Mirror(folder)
        there, stray = len(mirrored.message_files(folder)), mirror.stray_files()
        self.checks.check("SIGINT: the index holds what is there", len(mirror.emails) > 0 and not stray,
                          f"{len(mirror.emails)} lines, {there} files, {len(stray)} files without a line")

    def disk_full(self):
        """All four runs happen in one mount namespace that nobody else sees."""
        mount, snapshots = self.folder("tmpfs"), self.folder("snapshots")
        mount.mkdir()
        snapshots.mkdir()
        running = process.Running(self.on_small_disk(mount, snapshots),
                                  steadymail.environment(STEADYMAIL_PASSWORD=PASSWORD))
        self.stack.callback(running.close)
        process.until(lambda: (snapshots / "waiting").exists() or not running.alive(), 240)
        before = imap.rows(self.client.served())
        self.deliver(40)
        (snapshots / "go").touch()
        ended = running.wait(240)
        if self.checks.check("disk full: a small tmpfs in a user namespace", ended.code == 0,
                             "3 MB, then 64 MB" if ended.code == 0 else ended.stderr.strip()[-200:]):
            self.disk_checks([_run(each) for each in json.loads(ended.stdout)], snapshots, before)

    def on_small_disk(self, mount, snapshots):
        return [shutil.which("unshare") or "unshare", "-Urm", sys.executable,
                Path(__file__).parent / "lab" / "small_disk.py", mount, "3m", "64m", snapshots, "120",
                places.command_under_test(), *steadymail.mirror_arguments(self.plain, mount / "ada")]

    def deliver(self, count):
        for number, file in enumerate(self.dovecot.generate(self.folder("delivered"), count, seed=8)):
            self.client.append("INBOX", "()", 1_750_000_000 + number, file.read_bytes())

    def disk_checks(self, runs, snapshots, before):
        small, large, full, freed = (snapshots / name / "ada" for name in ("small", "large", "full", "freed"))
        check_refused(self.checks, "disk full", runs[0], 6, small, PASSWORD, {"STORAGE"})
        self.checks.note(f"{len(mirrored.message_files(small))} files on the full disk, "
                         f"{'no index' if mirrored.Mirror(small).bytes is None else 'an index'}")
        self.completes("run after the disk grew", runs[1], large, before)
        check_refused(self.checks, "disk full, second time", runs[2], 6, full, PASSWORD, {"STORAGE"})
        self.checks.check("disk full, second time: index.jsonl is the one before",
                          mirrored.Mirror(full).bytes == mirrored.Mirror(large).bytes)
        self.completes("run after the disk has room", runs[3], freed)

    def completes(self, name, run, folder, expected=None):
        steadymail.check_done(self.checks, name, run)
        mirror = mirrored.Mirror(folder)
        expected = imap.rows(self.client.served()) if expected is None else expected
        mirrored.check_rows(self.checks, f"{name}: equal to what imaplib is served", expected, mirror.rows())
        mirrored.check_layout(self.checks, name, mirror)


def _run(ended):
    return steadymail.Run(ended["code"], ended["stdout"], ended["stderr"], 0.0, steadymail.report_of(ended["stdout"]))


if __name__ == "__main__":
    session.run(__doc__, main, options)
