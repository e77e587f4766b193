"""What the server stored of an account, by its API and by its database, held against what imaplib is served."""
from collections import Counter

from lab import api, mirrored


class Stored:
    """One account of one server; client is logged in to the same account."""

    def __init__(self, checks, connected, account, client):
        self.checks, self.connected, self.account, self.client = checks, connected, account, client

    def equal(self, name):
        """Lists, numbers and rows say what is served now."""
        served = self.client.served()
        self._lists(name, served)
        self._mailboxes(name, served)
        self._rows(name, served)

    def ids(self):
        """Rows by what stays with an email wherever it is moved, of those emails that differ in it."""
        rows = self.connected.database.emails(self.account)
        seen = Counter(map(identity, rows))
        return {identity(row): row for row in rows if seen[identity(row)] == 1}

    def _lists(self, name, served):
        names = {each["id"]: each["name"] for each in self._api().mailboxes(self.account)}
        emails = self._api().emails(self.account)
        expected = Counter(((each.mailbox,), *common(each), each.header("Subject")) for each in served)
        mirrored.check_rows(self.checks, f"{name}: the list of all emails is what imaplib is served", expected,
                            api.rows(emails, names))
        twice = [each for each, count in Counter(email["id"] for email in emails).items() if count > 1]
        self.checks.none(f"{name}: every email is listed once", twice, f"{len(emails)} emails")
        listed = [(email["id"], each) for each in names for email in self._api().emails(self.account, each, limit=50)]
        inside = [(email["id"], each) for email in emails for each in email["mailboxIds"]]
        self.checks.check(f"{name}: the lists of the mailboxes hold the same emails", sorted(listed) == sorted(inside),
                          f"{len(listed)} emails in {len(names)} mailboxes")

    def _mailboxes(self, name, served):
        total = Counter(each.mailbox for each in served)
        unseen = Counter(each.mailbox for each in served if "$seen" not in each.keywords)
        self.checks.equal(f"{name}: mailboxes with their numbers, all and unseen",
                          sorted((each, total[each], unseen[each]) for each in self.client.mailboxes()),
                          sorted((each["name"], each["total"], each["unseen"]) for each in
                                 self._api().mailboxes(self.account) if each["selectable"]))

    def _rows(self, name, served):
        expected = Counter(((each.mailbox,), *common(each), bare(each.header("Message-ID"))) for each in served)
        stored = Counter((tuple(row["mailboxes"]), tuple(sorted(row["keywords"])), row["size"], row["receivedAt"],
                          bare(row["messageId"])) for row in self.connected.database.emails(self.account))
        mirrored.check_rows(self.checks, f"{name}: rows in the database are what imaplib is served", expected, stored)
        rows = self.connected.database.counts(self.account)
        self.checks.check(f"{name}: nothing is parked; one cursor, one job",
                          (rows["parked_email"], rows["sync_cursor"], rows["scheduled_tasks"]) == (0, 1, 1), rows)

    def _api(self):
        return self.connected.api


def common(served):
    return served.keywords, served.size, served.received_at


def identity(row):
    return bare(row["messageId"]), row["size"], row["receivedAt"]


def bare(message_id):
    return (message_id or "").strip("<>")
