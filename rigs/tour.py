"""Tours the server as a newcomer does, by curl alone and then by hand in headless Chromium: register, connect, search, open, star, archive, send, log out."""
import json
import shutil
import signal
from pathlib import Path
from urllib.parse import quote

from lab import places, process, server, session
from lab.browser import Browser
from lab.checks import CannotRun
from lab.dovecot import PASSWORD, Dovecot
from lab.imap import Client
from lab.postfix import Postfix

USER = "bob@example.com"
OWN_PASSWORD = "quince marmalade 4711"
EMAILS = 8
SYNC_SECONDS, SEND_SECONDS = 60, 60


def options(parser):
    parser.add_argument("--screenshot", type=Path, metavar="FILE",
                        help="write the mail reader there, and beside it the same as -compose and -login")


def main(options, checks, stack):
    for command in ("curl", "keytool"):
        if not shutil.which(command):
            raise CannotRun(f"{command} is missing")
    dovecot = Dovecot(stack)
    postfix = Postfix(stack, dovecot)
    fill(Client(stack, dovecot.port, USER))
    url = demo(stack, trusting(stack, dovecot.certificate))
    account = f"imaps://{quote(USER)}@127.0.0.1:{dovecot.tls_port}?smtp=127.0.0.1:{postfix.port}"
    by_curl = ByCurl(checks, Curl(stack, url), dovecot, postfix, stack)
    by_curl.comes_in()
    by_curl.connects(account)
    by_curl.reads()
    by_curl.changes()
    by_curl.sends()
    by_curl.leaves()
    ByHand(checks, Browser(stack), url, options.screenshot).tour(postfix)


def fill(client):
    for number in range(EMAILS):
        message = (f"From: Carol <carol@example.org>\r\nTo: {USER}\r\nSubject: Pears, crate {number}\r\n"
                   f"Message-ID: <crate-{number}@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                   f"Crate {number} is at the gate.\r\n")
        client.append("INBOX", "()", number, message.encode())
    client.create("Archive")
    client.create("Trash")
    client.create("Sent")


def trusting(stack, certificate):
    """A store in which Java finds the test servers' certificate."""
    store = places.scratch(stack, "trust") / "trust.p12"
    made = process.run(["keytool", "-importcert", "-noprompt", "-file", certificate, "-keystore", store, "-storetype",
                        "PKCS12", "-storepass", "changeit", "-alias", "test"], 60)
    if made.code != 0:
        raise CannotRun(f"keytool: {made.stderr.strip()[:300]}")
    return store


def demo(stack, store):
    server.prepare()
    running = server.Server(
        stack, server.User("us", places.command_under_test()), places.scratch(stack, "tour") / "data", "demo", "--port", "0",
        STEADYMAIL_JAVA_OPTS=f"-Djavax.net.ssl.trustStore={store} -Djavax.net.ssl.trustStorePassword=changeit")
    stack.callback(running.end, signal.SIGTERM)
    ready = running.ready()
    if ready is None:
        raise CannotRun(f"the demo was not ready: {running.running.wait(1).stderr.strip()[-300:]}")
    return ready["url"].rstrip("/")


class Curl:
    """The API asked by curl; bodies go in by standard input and the token by a file, so neither is an argument."""

    def __init__(self, stack, url):
        self._folder = places.scratch(stack, "curl")
        self._url, self._token = url, None

    def use(self, token):
        self._token = self._folder / "token"
        self._token.write_text(f"Authorization: Bearer {token}\n", "utf-8")

    def ask(self, method, path, body=None, **headers):
        """Status and body, as an object where it is JSON."""
        words = ["curl", "-sS", "-m", "60", "-X", method, "-w", "\n%{http_code}", self._url + path]
        if self._token:
            words += ["-H", f"@{self._token}"]
        for name, value in headers.items():
            words += ["-H", f"{name.replace('_', '-')}: {value}"]
        if body is not None:
            sent = self._folder / "body.json"
            sent.write_text(json.dumps(body), "utf-8")
            words += ["-H", "Content-Type: application/json", "--data-binary", f"@{sent}"]
        asked = process.run(words, 90)
        if asked.code != 0:
            raise CannotRun(f"curl: {asked.stderr.strip()[:200]}")
        text, _, status = asked.stdout.rpartition("\n")
        try:
            return int(status), json.loads(text)
        except ValueError:
            return int(status), text


class ByCurl:
    def __init__(self, checks, curl, dovecot, postfix, stack):
        self.checks, self.curl, self.dovecot, self.postfix, self.stack = checks, curl, dovecot, postfix, stack
        self.account = self.email = None

    def told(self, name, status, answer):
        """Not the answer itself where all is well: it may be a token."""
        as_wanted = answer[0] == status
        self.checks.check(f"curl: {name}", as_wanted, answer[0] if as_wanted else f"{answer[0]} {str(answer[1])[:200]}")
        return answer[1]

    def comes_in(self):
        ask = self.curl.ask
        self.told("without a token: 401", 401, ask("GET", "/api/v1/accounts"))
        body = {"organisation": "Orchard", "email": USER, "password": OWN_PASSWORD, "device": "curl"}
        self.told("register", 201, ask("POST", "/api/v1/auth/register", body))
        pair = self.told("log in", 200, ask("POST", "/api/v1/auth/login",
                                            {"email": USER, "password": OWN_PASSWORD, "device": "curl"}))
        self.curl.use(pair["accessToken"])
        me = self.told("who one is", 200, ask("GET", "/api/v1/auth/me"))
        self.checks.equal("curl: an owner", "owner", me["role"])

    def connects(self, url):
        ask = self.curl.ask
        wrong = ask("POST", "/api/v1/accounts", {"url": url, "secret": "wrong"})
        self.told("a wrong password is told before anything is kept", 422, wrong)
        shown = self.told("connect", 201, ask("POST", "/api/v1/accounts", {"url": url, "secret": PASSWORD}))
        self.account = f"/api/v1/accounts/{shown['id']}"
        synced = process.until(lambda: ask("GET", self.account)[1]["emails"] == EMAILS, SYNC_SECONDS, pause=0.2)
        self.checks.check("curl: synced", synced, str(ask("GET", self.account + "/status")[1])[:160])

    def reads(self):
        ask = self.curl.ask
        items = self.told("list", 200, ask("GET", self.account + "/emails"))["items"]
        self.checks.equal("curl: all are listed", EMAILS, len(items))
        found = self.told("search", 200, ask("GET", "/api/v1/search?q=crate+5"))
        hits = [each["subject"] for each in found["items"]]
        self.checks.check("curl: the search finds it and says which engine did", hits[:1] == ["Pears, crate 5"]
                          and found["engine"] == "fulltext", f"{found['engine']}: {hits}")
        self.email = f"/api/v1/emails/{found['items'][0]['id']}"
        shown = self.told("open", 200, ask("GET", self.email))
        self.checks.check("curl: its text", "at the gate" in shown["text"]["content"], shown["text"]["content"])
        self.told("its octets", 200, ask("GET", self.email + "/raw"))

    def changes(self):
        ask, client = self.curl.ask, Client(self.stack, self.dovecot.port, USER)
        starred = self.told("star", 200, ask("PATCH", self.email, {"keywords": {"$flagged": True, "$seen": True}}))
        served = [message.keywords for message in client.messages("INBOX")
                  if message.header("Message-ID") == "<crate-5@example.org>"]
        self.checks.check("curl: the star is at the provider", served and "$flagged" in served[0], f"{starred['keywords']}, {served}")
        archived = self.told("archive", 200, ask("PATCH", self.email, {"archive": True}))
        there = [message.header("Message-ID") for message in client.messages("Archive")]
        self.checks.equal("curl: it is in the provider's archive", ["<crate-5@example.org>"], there)
        self.checks.check("curl: under the same id", self.email.endswith(archived["id"]), archived["id"])

    def sends(self):
        ask = self.curl.ask
        body = {"to": [{"address": "carol@example.com"}], "subject": "Pears", "text": "They are sweet.\n"}
        first = self.told("send", 202, ask("POST", self.account + "/send", body, Idempotency_Key="tour-1"))
        again = self.told("send again under the same key", 202, ask("POST", self.account + "/send", body, Idempotency_Key="tour-1"))
        self.checks.equal("curl: one entry", first["key"], again["key"])
        entry = f"/api/v1/outbox/{first['key']}?account={self.account.rpartition('/')[2]}"
        settled = process.until(lambda: ask("GET", entry)[1]["settled"], SEND_SECONDS, pause=0.2)
        self.checks.check("curl: it has left", settled and ask("GET", entry)[1]["state"].lower() == "sent",
                          str(ask("GET", entry)[1])[:200])
        self.checks.equal("curl: it arrived, once", ["carol@example.com"], [to for to, _ in self.postfix.delivered()])

    def leaves(self):
        ask = self.curl.ask
        self.told("log out", 204, ask("POST", "/api/v1/auth/logout"))
        self.told("the token is good for nothing", 401, ask("GET", self.account))


class ByHand:
    def __init__(self, checks, browser, url, screenshot):
        self.checks, self.browser, self.url, self.screenshot = checks, browser, url, screenshot

    def tour(self, postfix):
        browser = self.browser
        browser.size(1280, 800)
        browser.go(self.url + "/")
        browser.holds("document.querySelector('#login').offsetHeight")
        self.photograph("-login")
        browser.write("#email-address", USER)
        browser.write("#password", OWN_PASSWORD)
        browser.press("Enter")
        self.seen("log in: the mail is there", "document.querySelectorAll('#emails .row').length", SYNC_SECONDS)
        browser.write("#words", "crate 3")
        browser.press("Enter")
        self.seen("search: the email is found and shown",
                  "document.querySelector('#emails .subject')?.innerText === 'Pears, crate 3'"
                  " && document.querySelector('#email .text')?.innerText.includes('Crate 3')")
        browser.click("#emails .row")
        self.seen("open: it is read", "!document.querySelector('#emails .row.unseen')")
        browser.click(".act-star")
        self.seen("star: it has one", "document.querySelector('#emails .star') && document.querySelector('.act-star').innerText === 'Unstar'")
        self.photograph("")
        browser.click(".act-archive")
        browser.run("document.querySelector('#words').value = ''; document.querySelector('#search').requestSubmit()")
        self.seen("archive: it is not in the inbox any more",
                  "document.querySelector('#emails-title').innerText === 'Inbox' && document.querySelector('#emails .subject')"
                  " && ![...document.querySelectorAll('#emails .subject')].some(each => each.innerText.endsWith('crate 3'))")
        self.writes(postfix)
        browser.click("#forget")
        self.seen("log out: asks who one is", "document.querySelector('#login').offsetHeight")
        browser.reload()
        self.seen("loaded again: still asks", "document.querySelector('#login').offsetHeight && !sessionStorage.length")
        self.checks.none("by hand: no console error", browser.console())

    def writes(self, postfix):
        browser, before = self.browser, len(postfix.delivered())
        browser.click("#write")
        browser.write("#compose-to", "dora@example.com")
        browser.write("#compose-subject", "More pears")
        browser.write("#compose-text", "Come by on Friday.")
        self.photograph("-compose")
        browser.click("#compose .primary")
        self.seen("write: it was sent", "document.querySelector('#status').innerText === 'Sent.'", SEND_SECONDS)
        self.checks.equal("by hand: one more arrived", before + 1, len(postfix.delivered()))

    def seen(self, name, expression, seconds=20):
        self.checks.check(f"by hand: {name}", self.browser.holds(expression, seconds),
                          " ".join(self.browser.text("body").split())[:200])

    def photograph(self, suffix):
        if self.screenshot:
            self.browser.screenshot(self.screenshot.with_stem(self.screenshot.stem + suffix))


if __name__ == "__main__":
    session.run(__doc__, main, options)
