"""The server's API as a client sees it: single requests, and lists walked by their cursors."""
import json
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timezone

from lab.checks import CannotRun


@dataclass(frozen=True)
class Answer:
    """Status 0: there was no answer, and the body says why."""

    status: int
    headers: dict
    body: bytes

    def json(self):
        return json.loads(self.body)

    def is_problem(self, status):
        return self.status == status and self.headers.get("Content-Type") == "application/problem+json"

    def figure(self):
        return f"{self.status} {self.body[:200].decode('utf-8', 'replace')}"


class Api:
    """Requests with one token, or with none."""

    def __init__(self, url, token):
        self.url, self.token = url, token

    def ask(self, method, path, body=None, seconds=30):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=seconds) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())
        except OSError as error:
            return Answer(0, {}, str(error).encode())

    def get(self, path):
        return self.ask("GET", path)

    def connect(self, url, secret, check=True):
        return self.post({"url": url, "secret": secret, "check": check})

    def post(self, account):
        return self.ask("POST", "/api/v1/accounts", account)

    def accounts(self):
        return self._found("/api/v1/accounts")["items"]

    def account(self, account):
        return self._found(f"/api/v1/accounts/{account}")

    def mailboxes(self, account):
        return self._found(f"/api/v1/accounts/{account}/mailboxes")["items"]

    def emails(self, account, mailbox=None, limit=200):
        """All emails of the account, or of one mailbox, page after page."""
        start = f"/api/v1/accounts/{account}/emails?limit={limit}" + (f"&mailbox={mailbox}" if mailbox else "")
        found, path = [], start
        while path:
            page = self._found(path)
            found += page["items"]
            path = f"{start}&after={page['next']}" if page["next"] else None
        return found

    def _found(self, path):
        answer = self.get(path)
        if answer.status != 200:
            raise CannotRun(f"GET {path.split('?')[0]}: {answer.figure()}")
        return answer.json()


def rows(emails, names):
    """Emails as a multiset of (mailboxes, keywords, size, receivedAt, subject); names has each mailbox's by its id."""
    return Counter((tuple(sorted(names[each] for each in email["mailboxIds"])), tuple(sorted(email["keywords"])),
                    email["size"], instant(email["receivedAt"]), subject(email["subject"])) for email in emails)


def subject(text):
    """Header fields are folded and unfolded on their way, which may change blanks."""
    return " ".join((text or "").split())


def instant(text):
    when = datetime.fromisoformat(text).astimezone(timezone.utc)
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03d}Z"
