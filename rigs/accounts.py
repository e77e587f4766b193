"""Connects, refuses, cuts short and removes accounts of `steadymail serve --embedded`, and looks at what is left of each."""
import signal
import time
from collections import Counter

from lab import mailboxes, mirrored, process, server, session
from lab.api import Api
from lab.connected import Connected
from lab.database import TABLES
from lab.dovecot import PASSWORD, Dovecot
from lab.proxy import Proxy
from lab.stored import Stored

WRONG = "Falschgeld-2291"
# Bytes per second from the IMAP server while a first sync is to be cut: slow enough to be met in it.
SLOW = 150_000
INTERVAL, AGAIN = 5, 40
LOOPBACK = "127.0.0.0/8"
PRIVATE = ["imaps://ada@10.1.2.3", "imaps://ada@192.168.0.1:993", "imaps://ada@169.254.169.254", "imaps://ada@[fd00::1]",
           "imaps://ada@[::ffff:10.1.2.3]", "imap://ada@172.16.0.1", "imaps://ada@[64:ff9b::a01:203]"]
SPELLINGS = ["imaps://ada@2130706433", "imaps://ada@0177.0.0.1", "imaps://ada@0x7f.1", "imaps://ada@127.1",
             "imaps://ada@127.0.0.1.", "imaps://ada@[fe80::1%25eth0]", "imaps://ada@%31%32%37.0.0.1"]


def options(parser):
    parser.add_argument("--count", type=int, default=1500, help="messages in the account that is cut (default 1500)")
    parser.add_argument("--seed", type=int, default=1, help="of the generated mail (default 1)")


def main(options, checks, stack):
    server.prepare()
    dovecot = Dovecot(stack)
    client = mailboxes.fill(stack, dovecot, options.count, options.seed, user="carl", max_kb=20)
    rig = Rig(checks, stack, options, dovecot, client)
    rig.connected.start("first start")
    rig.without_token()
    rig.refused_hosts()
    rig.refused_requests()
    rig.wrong_password()
    rig.connected_again()
    rig.removed_while_reading()
    rig.killed_while_reading()
    rig.removed()
    rig.server_gone()
    rig.secrets_at_rest()
    rig.network_withdrawn()


class Rig:
    """The accounts bob, whose mailbox is empty, and carl, who has mail behind a slow line."""

    def __init__(self, checks, stack, options, dovecot, client):
        self.checks, self.options, self.client = checks, options, client
        self.connected = Connected(checks, stack, STEADYMAIL_SYNC_INTERVAL=f"{INTERVAL}s",
                                   STEADYMAIL_ACCOUNTS_ALLOWEDNETWORKS=LOOPBACK)
        self.line, self.slow_line = Proxy(stack, dovecot.port), Proxy(stack, dovecot.port)
        self.bob, self.carl = None, None

    @property
    def api(self):
        return self.connected.api

    # Refusals

    def without_token(self):
        paths = ["/api/v1/accounts", "/api/v1/emails/x", "/api/nothing", "/api", "/v3/api-docs/../api/v1/accounts",
                 "//api/v1/accounts", "/API/v1/accounts"]
        for name, token in (("no token", None), ("a wrong token", "wrong"), ("a longer token", self.api.token + "x")):
            answers = {path: Api(self.api.url, token).get(path) for path in paths}
            self.checks.none(f"{name}: nothing of the API is told", [f"{path}: {answer.figure()}" for path, answer in
                             answers.items() if answer.status not in (400, 401, 404)],
                             {path: answer.status for path, answer in answers.items()})
            self.checks.check(f"{name}: 401 as problem+json", answers[paths[0]].is_problem(401), answers[paths[0]].figure())
        posted = Api(self.api.url, None).connect("imap://ada@127.0.0.1?tls=none", PASSWORD)
        self.checks.check("no token: nothing is connected", posted.is_problem(401) and not self.api.accounts(), posted.figure())

    def refused_hosts(self):
        answers = {url: self.api.connect(url, PASSWORD, check=False) for url in PRIVATE + SPELLINGS}
        self._refused("host not allowed", answers)
        details = {answers[url].json().get("detail") for url in PRIVATE}
        self.checks.check("host not allowed: all get the same words, with the setting", len(details) == 1
                          and "steadymail.accounts.allowed-networks" in str(details), details)

    def refused_requests(self):
        url = f"imap://ada@127.0.0.1:{self.line.port}?tls=none"
        bodies = {"no secret": {"url": url}, "no url": {"secret": PASSWORD}, "empty url": {"url": "", "secret": PASSWORD},
                  "a file of the server": {"url": "imaps://ada@mail.example.com?ca=/etc/passwd", "secret": PASSWORD},
                  "secret in the url": {"url": f"imap://ada:{PASSWORD}@127.0.0.1?tls=none", "secret": PASSWORD},
                  "unknown secretType": {"url": url, "secret": PASSWORD, "secretType": "cookie"},
                  "line break in the secret": {"url": url, "secret": PASSWORD + "\r\nX"},
                  "gmail with a password": {"url": "gmail://ada?root=http://127.0.0.1:9&token=http://127.0.0.1:9",
                                            "secret": PASSWORD, "secretType": "password"},
                  "unknown field": {"url": url, "secret": PASSWORD, "password": PASSWORD},
                  "secret is a number": {"url": url, "secret": {"a": 1}}, "list": [url], "text": "hello"}
        self._refused("wrong request", {name: self.api.post(body) for name, body in bodies.items()})

    def _refused(self, name, answers):
        self.checks.none(f"{name}: 4xx as problem+json", [f"{each}: {answer.figure()}" for each, answer in answers.items()
                         if not any(answer.is_problem(status) for status in (400, 422))], f"{len(answers)} requests")
        self.checks.none(f"{name}: the answer holds no secret and no class name", [each for each, answer in answers.items()
                         if PASSWORD.encode() in answer.body or b"dev.steadymail" in answer.body or b"Exception" in answer.body])
        self.checks.check(f"{name}: nothing is connected", not self.api.accounts(), self.api.accounts())

    # Credentials

    def wrong_password(self):
        checked = self.api.connect(self._url("bob", self.line), WRONG)
        self.checks.check("wrong password: refused at once, with the kind", checked.is_problem(422)
                          and checked.json().get("kind") == "AUTH" and not self.api.accounts(), checked.figure())
        self.bob = self._connect("bob", self.line, WRONG, check=False)
        account = self.connected.settled(self.bob)
        error = account["error"] or {}
        self.checks.check("wrong password: the account says so", (account["state"], error.get("kind"))
                          == ("reauth_required", "AUTH") and WRONG not in str(account), account)
        self.checks.equal("wrong password: the server is ready", 200, self.api.get("/health/ready").status)
        logins = self.line.commands()["LOGIN"] + self.line.commands()["AUTHENTICATE"]
        process.until(lambda: False, 8)
        again = self.line.commands()["LOGIN"] + self.line.commands()["AUTHENTICATE"]
        self.checks.check("wrong password: tried once, not at every interval", again == logins, f"{again} logins")
        self._connect("bob", self.line, PASSWORD, 200)
        fixed = process.until(lambda: self.api.account(self.bob)["state"] == "ok", 30, pause=0.1)
        account = self.api.account(self.bob)
        self.checks.check("right password: the same account, ok", fixed and account["error"] is None, account)

    def connected_again(self):
        """Also while its job begins and ends: nobody waits for a quiet moment to connect."""
        statuses = Counter(self.api.connect(self._url("bob", self.line), PASSWORD).status for _ in range(AGAIN))
        self.checks.check(f"connected again {AGAIN} times in a row: 200 each time", set(statuses) == {200}, dict(statuses))
        for url in (self._url("bob", self.line), self._url("%62ob", self.line)):
            answer = self.api.connect(url, PASSWORD)
            self.checks.check(f"connected again as {url.split('@')[0]}: 200, the same account",
                              answer.status == 200 and answer.json()["id"] == self.bob, answer.figure())
        self.checks.equal("connected again: accounts", 1, len(self.api.accounts()))

    # Ends in the middle

    def removed_while_reading(self):
        account, read = self._partly_read()
        gone = self.api.ask("DELETE", f"/api/v1/accounts/{account}")
        self.checks.check("removed in its first sync: 204", gone.status == 204, f"{read} of {self.options.count} emails read")
        process.until(lambda: False, 3)
        self._nothing_left("removed in its first sync", account)

    def killed_while_reading(self):
        self.carl, read = self._partly_read()
        self.connected.end("kill -9 in a first sync", signal.SIGKILL, [PASSWORD, WRONG])
        self.slow_line.rate = None
        self.connected.start("after kill -9 in a first sync")
        begun = time.monotonic()
        done = self.connected.synced(self.carl, 2)
        self.checks.check("after kill -9 in a first sync: synced", done, f"{read} emails read before, "
                          f"{time.monotonic() - begun:.1f} s after the start")
        Stored(self.checks, self.connected, self.carl, self.client).equal("after kill -9 in a first sync")

    def _partly_read(self):
        self.slow_line.rate = SLOW
        account = self._connect("carl", self.slow_line, PASSWORD)
        process.until(lambda: self.api.account(account)["emails"] > self.options.count // 5, 60, pause=0.02)
        read = self.api.account(account)
        self.checks.check("a first sync is met in the middle", read["state"] == "syncing"
                          and 0 < read["emails"] < self.options.count, read)
        return account, read["emails"]

    def server_gone(self):
        """The account's server refuses connections, and comes back."""
        self.bob = self._connect("bob", self.line, PASSWORD)
        self.connected.settled(self.bob)
        self.line.pause()
        failing = process.until(lambda: self.api.account(self.bob)["state"] == "failing", 60, pause=0.1)
        account = self.api.account(self.bob)
        self.checks.check("server away: the account says so",
                          failing and account["error"]["kind"] in ("NETWORK", "UNAVAILABLE"), account)
        self.line.resume()
        begun = time.monotonic()
        back = process.until(lambda: self.api.account(self.bob)["state"] == "ok", 120, pause=0.1)
        self.checks.check("server back: the account is ok again", back, f"after {time.monotonic() - begun:.1f} s")

    # Removal

    def removed(self):
        api, email = self.api, self.api.emails(self.carl)[0]["id"]
        self.api.ask("DELETE", f"/api/v1/accounts/{self.bob}")
        self.checks.equal("removed: 204", 204, api.ask("DELETE", f"/api/v1/accounts/{self.carl}").status)
        below = [f"/api/v1/accounts/{self.carl}" + tail for tail in ("", "/mailboxes", "/emails")]
        answers = {path: api.get(path) for path in below + [f"/api/v1/emails/{email}", f"/api/v1/emails/{email}/raw"]}
        self.checks.none("removed: 404 as problem+json", [f"{path}: {answer.figure()}" for path, answer in answers.items()
                         if not answer.is_problem(404)], f"{len(answers)} paths")
        self.checks.equal("removed again: 404", 404, api.ask("DELETE", f"/api/v1/accounts/{self.carl}").status)
        self._nothing_left("removed", self.carl)
        rows = {table: self.connected.database.count(table) for table in (*TABLES, "account", "email_mailbox")}
        self.checks.check("removed: no row of any account", not any(rows.values()), rows)

    def _nothing_left(self, name, account):
        rows = self.connected.database.counts(account)
        jobs = rows.pop("scheduled_tasks")
        self.checks.check(f"{name}: no row is left", not any(rows.values()), rows)
        gone = process.until(lambda: not self.connected.database.counts(account)["scheduled_tasks"], 2 * INTERVAL, pause=0.5)
        self.checks.check(f"{name}: its job ends within {2 * INTERVAL} s", gone, f"{jobs} at once")

    def secrets_at_rest(self):
        self.checks.none("no password in any file of the data folder", [path for secret in (PASSWORD, WRONG)
                         for path in mirrored.holds(self.connected.data, secret)])

    def network_withdrawn(self):
        self.connected.end("with the network allowed", signal.SIGTERM, [PASSWORD, WRONG])
        self.connected.start("without the network allowed", STEADYMAIL_SYNC_INTERVAL=f"{INTERVAL}s")
        connections = self.line.connections
        failing = process.until(lambda: self.api.account(self.bob)["state"] == "failing", 60, pause=0.1)
        account = self.api.account(self.bob)
        self.checks.check("network not allowed any more: the account says so",
                          failing and account["error"]["kind"] == "NETWORK", account)
        answer = self.api.connect(self._url("ada", self.line), PASSWORD)
        self.checks.check("network not allowed: loopback is refused", answer.is_problem(422), answer.figure())
        self.checks.equal("network not allowed: connections", connections, self.line.connections)
        self.connected.end("at the end", signal.SIGTERM, [PASSWORD, WRONG])

    def _connect(self, user, line, secret, status=201, check=True):
        answer = self.api.connect(self._url(user, line), secret, check)
        self.checks.equal(f"{user} is connected", status, answer.status)
        return answer.json()["id"]

    def _url(self, user, line):
        return f"imap://{user}@127.0.0.1:{line.port}?tls=none"


if __name__ == "__main__":
    session.run(__doc__, main, options)
