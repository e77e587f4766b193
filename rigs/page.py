"""Reads the demo's page in headless Chromium: what it shows, by mouse and keyboard, and what it must not do."""
import json
import signal
import time
from pathlib import Path

from lab import places, server, session
from lab.browser import Browser
from lab.checks import CannotRun

WIDE, NARROW = (1280, 800), (420, 800)
PAGE = 50
SYNC_SECONDS = 120


def options(parser):
    parser.add_argument("--screenshot", type=Path, metavar="FILE",
                        help="write the page at 1280x800 there, and beside it the same as -narrow and -dark")


def main(options, checks, stack):
    url, token = demo(checks, stack)
    browser = Browser(stack)
    browser.size(*WIDE)
    page = Page(url, token, browser, checks)
    page.asks_for_the_token()
    page.opens_with_the_token()
    page.shows_mailboxes_and_emails()
    if options.screenshot:
        page.photograph(options.screenshot)
    page.shows_what_is_clicked()
    page.obeys_the_keyboard()
    page.turns_to_older_emails()
    page.shows_other_scripts()
    page.fits_a_narrow_screen()
    page.tells_of_failures()
    page.was_quiet()


def demo(checks, stack):
    """Starts a demo with an empty folder; returns where it is and its token."""
    server.prepare()
    started = time.monotonic()
    running = server.Server(stack, server.User("us", places.command_under_test()),
                            places.scratch(stack, "page") / "data", "demo", "--port", "0")
    stack.callback(running.end, signal.SIGTERM)
    ready = running.ready()
    if ready is None:
        raise CannotRun(f"the demo was not ready: {running.running.wait(1).stderr.strip()[-300:]}")
    checks.note(f"ready after {time.monotonic() - started:.1f} s")
    return ready["url"].rstrip("/") + "/", running.token()


class Page:
    def __init__(self, url, token, browser, checks):
        self.url, self.token, self.browser, self.checks = url, token, browser, checks
        self.requests = []

    def asks_for_the_token(self):
        browser, check = self.browser, self.checks.check
        browser.go(self.url)
        check("without a token: asks for it", browser.holds("document.querySelector('#ask').offsetHeight"),
              browser.text("#ask h2"))
        self.remember()
        check("without a token: the API is not asked", not [each for each in self.requests if "/api/" in each],
              f"{len(self.requests)} requests")
        self.checks.none("without a token: no console error", browser.console())
        browser.write("#token", "wrong")
        browser.press("Enter")
        refused = browser.holds("document.querySelector('#refused').offsetHeight")
        check("with a wrong token: says so and asks again", refused, browser.text("#refused"))
        self.checks.none("with a wrong token: the console tells of the refusal only",
                         [line for line in browser.console() if "401" not in line])

    def opens_with_the_token(self):
        browser, check = self.browser, self.checks.check
        browser.go("about:blank")
        browser.go(f"{self.url}#token={self.token}")
        synced = browser.holds("document.querySelector('#accounts .state.ok')", SYNC_SECONDS)
        check("with the token in the fragment: the account is listed and up to date", synced,
              one_line(browser.text("#accounts")))
        check("the address bar holds no token", browser.url() == self.url)
        browser.reload()
        check("loaded again: needs no token", browser.holds("document.querySelectorAll('#emails .row').length"),
              f"{self.count()} emails listed")

    def shows_mailboxes_and_emails(self):
        browser, check = self.browser, self.checks.check
        names = browser.texts("#mailboxes .name")
        check("mailboxes: the inbox first, nested and other scripts", names[:1] == ["Inbox"]
              and {"Archive", "Brücke", "Drafts", "Junk", "Sent", "Trash", "東京"} <= set(names), ", ".join(names))
        check("mailboxes: unseen are counted", browser.texts("#mailboxes .count"), browser.texts("#mailboxes .count"))
        browser.holds(f"document.querySelectorAll('#emails .row').length === {PAGE}")
        self.checks.equal("emails: the first page is listed", PAGE, self.count())
        dates = browser.run("return [...document.querySelectorAll('#emails time')].map(each => each.dateTime)")
        check("emails: newest first", dates == sorted(dates, reverse=True), f"{dates[:1]} to {dates[-1:]}")
        marks = {mark: browser.run("return document.querySelectorAll(arguments[0]).length", f"#emails {mark}")
                 for mark in (".unseen", ".star", "[title='Has attachments']")}
        check("emails: unseen, flagged and attachments are marked", all(marks.values()), marks)
        check("the newest email is shown by itself", browser.holds("document.querySelector('#email .text')"),
              browser.text("#email .title"))

    def photograph(self, file):
        browser = self.browser
        browser.click("#emails li:nth-child(3) .row")
        browser.holds("document.querySelector('#email .text')")
        browser.screenshot(file)
        browser.colours("dark")
        browser.screenshot(file.with_stem(f"{file.stem}-dark"))
        browser.colours("light")
        browser.size(*NARROW)
        browser.run("document.body.dataset.pane = 'emails'")
        browser.screenshot(file.with_stem(f"{file.stem}-narrow"))
        browser.size(*WIDE)

    def shows_what_is_clicked(self):
        browser, check = self.browser, self.checks.check
        self.open("Opening day")
        check("an email clicked: its text", "ribbon" in browser.text("#email .text"), browser.text("#email .title"))
        check("an email clicked: its attachments", "opening.ics" in browser.text("#email .attachments"),
              one_line(browser.text("#email .attachments")))
        browser.click("#email .source button")
        shown = browser.holds("document.querySelector('#email pre')")
        raw = browser.text("#email pre")
        check("its raw source", shown and "Message-ID:" in raw, f"{len(raw)} characters")

    def obeys_the_keyboard(self):
        browser = self.browser
        browser.run("document.querySelector('#emails .row').focus()")
        browser.press("ArrowDown")
        wanted = browser.run("return document.activeElement.querySelector('.subject').innerText")
        browser.press("Enter")
        self.checks.check("arrow and Enter open the next email", self.is_shown(wanted), wanted)

    def turns_to_older_emails(self):
        browser = self.browser
        browser.click("#more")
        browser.holds(f"document.querySelectorAll('#emails .row').length > {PAGE}")
        ids = browser.run("return [...document.querySelectorAll('#emails .row')].map(each => each.dataset.id)")
        self.checks.equal("older emails: the next page is added", 2 * PAGE, len(ids))
        self.checks.equal("older emails: none twice", len(ids), len(set(ids)))

    def shows_other_scripts(self):
        browser, check = self.browser, self.checks.check
        self.choose("東京")
        self.open("東京オフィスからのご挨拶")
        check("Japanese, from ISO-2022-JP", "はじめまして。東京オフィスの佐藤です。" in browser.text("#email .text"),
              one_line(browser.text("#email .text"))[:60])
        self.choose("Inbox")
        self.open("Мост починили!")
        check("Russian, from KOI8-R", "Теперь перила держатся на шести гвоздях" in browser.text("#email .text"),
              one_line(browser.text("#email .text"))[:60])
        self.open("وصفة المقلوبة")
        direction = browser.run("return getComputedStyle(document.querySelector('#email .text')).direction")
        check("Arabic, from right to left", direction == "rtl" and "وباذنجان" in browser.text("#email .text"), direction)

    def fits_a_narrow_screen(self):
        browser = self.browser
        browser.size(*NARROW)
        browser.run("document.body.dataset.pane = 'emails'")
        seen = ("return ['.boxes', '.emails', '.email']"
                ".filter(each => document.querySelector(each).offsetHeight).join()")
        panes = [browser.run(seen)]
        browser.click("#emails .row")
        panes.append(browser.run(seen))
        browser.press("Escape")
        browser.click("[data-show=boxes]")
        panes.append(browser.run(seen))
        self.checks.equal("narrow: one pane at a time", [".emails", ".email", ".boxes"], panes)
        overflow = browser.run("return document.documentElement.scrollWidth - innerWidth")
        self.checks.equal("narrow: nothing beyond the edge", 0, overflow)
        browser.size(*WIDE)

    def tells_of_failures(self):
        browser, check = self.browser, self.checks.check
        self.checks.none("no console error so far", browser.console())
        browser.block("*/mailboxes*")
        browser.reload()
        failed = browser.holds("document.querySelectorAll('.mail .problem').length === 3")
        check("mailboxes cannot be loaded: each empty pane says so", failed, one_line(browser.text("#emails")))
        browser.block()
        browser.click("#email .problem button")
        check("Try again: loads the rest", browser.holds("document.querySelector('#email .text')"),
              browser.text("#email .title"))
        self.checks.none("the console tells of the failure only",
                         [line for line in browser.console() if "ERR_BLOCKED" not in line])

    def was_quiet(self):
        self.remember()
        self.checks.none("no further console error", self.browser.console())
        own = (self.url, "data:", f"blob:{self.url}", "about:blank")
        self.checks.none("no request to another host", [each for each in self.requests if not each.startswith(own)],
                         f"{len(self.requests)} requests")
        check = self.checks.check
        check("no request with the token in its address", not any(self.token in each for each in self.requests))
        markup = self.browser.run("return document.documentElement.outerHTML")
        check("the token is nowhere in the page", self.token not in markup, f"{len(markup)} characters")

    def choose(self, mailbox):
        self.click_row("#mailboxes", ".name", mailbox)
        self.browser.holds(f"document.querySelector('#emails-title').innerText === {json.dumps(mailbox)}"
                           " && document.querySelector('#emails .row')")

    def open(self, subject):
        """Opens the listed email whose subject begins so, and waits for its text."""
        self.click_row("#emails", ".subject", subject)
        self.is_shown(subject)

    def click_row(self, within, part, text):
        number = self.browser.run(
            "return [...document.querySelectorAll(`${arguments[0]} li`)]"
            ".findIndex(each => each.querySelector(arguments[1])?.innerText.startsWith(arguments[2]))", within, part, text)
        if number < 0:
            raise CannotRun(f"{within} lists nothing that begins with {text}")
        self.browser.click(f"{within} li:nth-child({number + 1}) .row")

    def is_shown(self, subject):
        return self.browser.holds(f"document.querySelector('#email .title')?.innerText.startsWith({json.dumps(subject)})"
                                  " && document.querySelector('#email .text')")

    def count(self):
        return self.browser.run("return document.querySelectorAll('#emails .row').length")

    def remember(self):
        self.requests += self.browser.requested()


def one_line(text):
    return " ".join(text.split())


if __name__ == "__main__":
    session.run(__doc__, main, options)
