"""Starts, kills and stops `steadymail demo` as root and as an ordinary user, and asks its API in between."""
import json
import os
import signal
import time

from lab import places, process, server, session
from lab.checks import CannotRun

EMAILS = 300
SYNC_SECONDS = 120


def options(parser):
    parser.add_argument("--without-api", action="store_true", help="only processes, files and exit codes")


def main(options, checks, stack):
    server.prepare()
    for user in server.users(stack):
        demo = Demo(checks, stack, user, not options.without_api)
        demo.first_start()
        demo.second_server()
        demo.ended_by(signal.SIGTERM)
        demo.started_again()
        demo.killed("the same port", demo.port)
        demo.killed("another port", places.free_ports(1)[0])
        demo.ended_by(signal.SIGINT)
        demo.ended_while_starting()
        demo.refused()
        demo.torn_first_start()


class Demo:
    """One user and one data folder through all the starts."""

    def __init__(self, checks, stack, user, with_api):
        self.checks, self.stack, self.user, self.with_api = checks, stack, user, with_api
        self.home = places.scratch(stack, "demo")
        user.own(self.home)
        self.data = self.home / "data"
        self.port, = places.free_ports(1)
        self.server, self.url, self.ids = None, None, None

    def check(self, name, ok, figure=""):
        return self.checks.check(f"{self.user.name}: {name}", ok, figure)

    def none(self, name, problems, figure=""):
        return self.checks.none(f"{self.user.name}: {name}", problems, figure)

    def run(self, *arguments, **settings):
        return server.Server(self.stack, self.user, self.data, *arguments, **settings)

    # Starts

    def start(self, name, port):
        self.server = self.run("demo", "--port", str(port))
        answer = self.server.ready()
        right = (answer is not None and list(answer) == ["url", "tokenFile"]
                 and answer["url"] == f"http://127.0.0.1:{port}" and answer["tokenFile"] == str(self.data / "token"))
        if not self.check(f"{name}: ready line", right, self.server.line or self.server.end(signal.SIGTERM).stderr[-400:]):
            raise CannotRun("the server did not start, so there is nothing to look at")
        self.url, self.port = answer["url"], port
        counts = {program: len(server.named(self.data, program)) for program in ("java", "postgres", "redis-server")}
        self.check(f"{name}: one server, one PostgreSQL, one Redis", set(counts.values()) == {1}, counts)

    def first_start(self):
        self.start("first start", self.port)
        modes = {path.name: oct(server.mode(path)) for path in server.secrets(self.data)}
        self.check("token and secrets are 0600", set(modes.values()) == {"0o600"} and len(modes) > 3, modes)
        self.no_secret_in_arguments()
        self.sessions()
        if self.with_api:
            self.open_pages()
            self.ids = self.api("first start")

    def started_again(self):
        self.start("started again", self.port)
        self.same_emails("started again")

    def killed(self, name, port):
        before = set(server.processes(self.data))
        self.server.running.signal(signal.SIGKILL)
        self.server.running.wait(10)
        orphans = server.named(self.data, "postgres") + server.named(self.data, "redis-server")
        self.check(f"kill -9: PostgreSQL and Redis outlive it, so that the next start has to care", len(orphans) == 2, orphans)
        self.start(f"after kill -9 on {name}", port)
        self.none(f"after kill -9 on {name}: no process of before", sorted(before & set(server.processes(self.data))))
        self.same_emails(f"after kill -9 on {name}")

    # Ends

    def ended_by(self, number):
        begun = time.monotonic()
        ended = self.server.end(number)
        name = signal.Signals(number).name
        self.check(f"{name}: ends within {server.END_SECONDS} s", ended.code == 128 + number,
                   f"exit {ended.code} after {time.monotonic() - begun:.1f} s")
        self.check(f"{name}: no process is left", server.none_left(self.data), server.processes(self.data))
        lines = ended.stdout.splitlines()
        self.check(f"{name}: standard output was the ready line alone", lines == [self.server.line], ended.stdout[:300])
        told = [str(file) for file, secret in server.secrets(self.data).items() if secret in ended.stdout + ended.stderr]
        self.none(f"{name}: no secret in the output", told)

    def ended_while_starting(self):
        """At moments from the JVM's first steps to the services and the server."""
        for wait in (0.3, 1.0, 2.0, 4.0):
            starting = self.run("demo", "--port", str(self.port))
            process.until(lambda: starting.running.first_line(0) is not None, wait)
            ended = starting.end(signal.SIGTERM)
            self.check(f"SIGTERM {wait} s after the start: ends, no process is left",
                       ended.code is not None and server.none_left(self.data), f"exit {ended.code}")

    def torn_first_start(self):
        """Killed while PostgreSQL is unpacked, made and started; none of it may stand in the way of the next start."""
        self.data = self.home / "torn"
        for wait in (0.8, 1.6, 2.4, 3.2):
            torn = self.run("demo", "--port", str(self.port))
            process.until(lambda: torn.running.first_line(0) is not None, wait)
            torn.running.signal(signal.SIGKILL)
            torn.running.wait(10)
        self.start("after kill -9 in the first start, four times", self.port)
        self.ended_by(signal.SIGTERM)

    # Refusals

    def second_server(self):
        self.refusal("second server on the folder", 7, "--data", "demo", "--port", "0")
        self.check("the first server is still there", server.get(self.url + "/health/live")[0] != 0)
        taken = server.Server(self.stack, self.user, self.home / "other", "demo", "--port", str(self.port))
        self.refused_by(taken, "taken port", 2, "--port")
        self.check("taken port: nothing was made", not (self.home / "other").exists())

    def refused(self):
        nothing = self.run("serve", "--port", "0").running.wait(60)
        named = ("DATABASE_URL", "JWT_SECRET", "JWT_REFRESH_SECRET", "ENCRYPTION_KEY")
        self.check("serve without settings: exit 2, each of them with its remedy", nothing.code == 2 and nothing.stdout == ""
                   and all(name in nothing.stderr for name in named), f"exit {nothing.code}: {nothing.stderr.strip()[:500]}")
        secrets = self.fresh_secrets()
        self.refusal("serve without a database", 2, "DATABASE_URL", "serve", "--port", "0", **secrets)
        closed, = places.free_ports(1)
        self.refusal("serve with a database that does not answer", 4, "DATABASE_URL", "serve", "--port", "0",
                     DATABASE_URL=f"postgresql://ada:hunter2@127.0.0.1:{closed}/mail", **secrets)
        file = self.home / "file"
        file.write_text("mine", "utf-8")
        self.refused_by(server.Server(self.stack, self.user, file, "demo", "--port", "0"), "DIR is a file", 6, "--data")

    def fresh_secrets(self):
        """What `steadymail secrets` prints, as settings."""
        made = process.run([*self.user.prefix, self.user.command, "secrets"], 60)
        self.check("secrets: exit 0", made.code == 0, made.stderr.strip()[:300])
        return dict(line.split("=", 1) for line in made.stdout.splitlines() if "=" in line)

    def refusal(self, name, code, remedy, *arguments, **settings):
        self.refused_by(self.run(*arguments, **settings), name, code, remedy)

    def refused_by(self, started, name, code, remedy):
        ended = started.running.wait(60)
        right = ended.code == code and ended.stdout == "" and remedy in ended.stderr
        self.check(f"{name}: exit {code} with a remedy in one line", right and len(ended.stderr.splitlines()) == 1
                   and "hunter2" not in ended.stderr, f"exit {ended.code}: {ended.stderr.strip()[:300]}")

    # Processes

    def no_secret_in_arguments(self):
        told = [f"{pid}: {file.name}" for pid, arguments in server.processes(self.data).items()
                for file, secret in server.secrets(self.data).items() if any(secret in each for each in arguments)]
        self.none("no secret in the arguments of a process", told)

    def sessions(self):
        """Ctrl-C reaches the foreground processes of the terminal's session."""
        java, = server.named(self.data, "java")
        children = server.named(self.data, "postgres") + server.named(self.data, "redis-server")
        shared = [pid for pid in children if os.getsid(pid) == os.getsid(java)]
        self.none("PostgreSQL and Redis are in sessions of their own", shared)

    # The API

    def open_pages(self):
        for path in ("/", "/health/live", "/health/ready"):
            status, _, body = server.get(self.url + path)
            self.check(f"{path} is open", status == 200, f"{status}, {len(body)} bytes")
        for token in (None, "wrong"):
            status, headers, body = server.get(self.url + "/api/v1/accounts", token)
            self.check(f"accounts with {'a wrong' if token else 'no'} token: 401", status == 401, f"{status} {body[:100]}")

    def api(self, name):
        token = self.server.token()
        accounts = server.items(self.url + "/api/v1/accounts", token)
        self.check(f"{name}: one account", len(accounts) == 1, json.dumps(accounts)[:200])
        if len(accounts) != 1:
            return None
        account = f"{self.url}/api/v1/accounts/{accounts[0]['id']}"
        process.until(lambda: len(self.emails(account, token)) >= EMAILS, SYNC_SECONDS, pause=0.5)
        emails = self.emails(account, token)
        self.check(f"{name}: {EMAILS} emails over all mailboxes", len(emails) == EMAILS, len(emails))
        self.one_email(name, emails, token)
        return emails

    def emails(self, account, token):
        """Ids of the emails of every mailbox."""
        return sorted(email["id"] for mailbox in server.items(account + "/mailboxes", token)
                      for email in server.items(f"{account}/emails?mailbox={mailbox['id']}&limit=100", token))

    def one_email(self, name, ids, token):
        if not ids:
            return
        one = f"{self.url}/api/v1/emails/{ids[0]}"
        status, _, body = server.get(one, token)
        self.check(f"{name}: an email", status == 200 and json.loads(body)["id"] == ids[0], status)
        status, headers, body = server.get(one + "/raw", token)
        self.check(f"{name}: its octets", status == 200 and headers["Content-Type"].startswith("message/rfc822")
                   and b"\r\n\r\n" in body, f"{status}, {len(body)} bytes")
        self.check(f"{name}: its octets without a token: 401", server.get(one + "/raw")[0] == 401)

    def same_emails(self, name):
        if self.with_api:
            self.check(f"{name}: the same emails under the same ids", self.api(name) == self.ids, len(self.ids or []))


if __name__ == "__main__":
    session.run(__doc__, main, options)
