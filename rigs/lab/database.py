"""The embedded database asked behind the server's back, with psql."""
import json
import os
import shutil

from lab import process
from lab.checks import CannotRun

# Rows are seen by the organisation that a session names; what rigs connect is the operator's.
OPERATORS = "00000000-0000-4000-8000-000000000001"
TABLES = ("mailbox", "email", "parked_email", "sync_cursor")
EMAILS = """
    select json_build_object('id', e.id, 'messageId', e.content->>'messageId', 'size', e.size, 'keywords', e.keywords,
      'receivedAt', to_char(e.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'mailboxes', array(select array_to_string(m.path, '/') from email_mailbox i join mailbox m on m.id = i.mailbox_id
                         where i.email_id = e.id))
    from email e where e.account_id = '%s'"""


class Database:
    """The database of a data folder whose server runs."""

    def __init__(self, data):
        self._data = data
        if not shutil.which("psql"):
            raise CannotRun("psql is missing (apt-get install postgresql-client)")

    def emails(self, account):
        """Every email of the account as stored."""
        return [json.loads(line) for line in self._lines(EMAILS % account)]

    def count(self, table, where="true"):
        return int(self._lines(f"select count(*) from {table} where {where}")[0])

    def counts(self, account):
        """Rows of the account by table; email_mailbox is counted over all accounts by count()."""
        return {table: self.count(table, f"account_id = '{account}'") for table in TABLES} | {
            "account": self.count("account", f"id = '{account}'"),
            "scheduled_tasks": self.count("scheduled_tasks", f"task_instance = '{account}'")}

    def _lines(self, query):
        port = (self._data / "postgres" / "data" / "postmaster.pid").read_text("utf-8").splitlines()[3]
        password = (self._data / "secrets" / "database").read_text("utf-8").strip()
        asked = process.run(["psql", "-X", "-At", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", port, "-U", "steadymail",
                             "-d", "steadymail", "-c", query], 60,
                            {**os.environ, "PGPASSWORD": password, "PGOPTIONS": f"-c steadymail.organisation={OPERATORS}"})
        if asked.code != 0:
            raise CannotRun(f"psql: {asked.stderr.strip()[:300]}")
        return asked.stdout.splitlines()
