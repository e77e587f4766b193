"""Stores the corpus of real and hostile mail from the Gmail emulator in the server, and opens what it stored."""
import hashlib
import signal

from lab import corpus, places, process, session
from lab.connected import SYNC_SECONDS, Connected
from lab.emulator import TOKEN, USER, Emulator

LABELS = ["INBOX", "SENT"]
RAW_SAMPLE = 100
# The sync has used a minute's quota up, and so do the emails that are opened: one of them waits for the next minute.
OPEN_SECONDS = 120


def options(parser):
    parser.add_argument("--every", type=int, default=4,
                        help="opens each so-manieth email; 1 opens all, which takes as long again as the sync (default 4)")


def main(options, checks, stack):
    messages = corpus.messages()
    emulator = Emulator(stack, written(stack, messages))
    server = Connected(checks, stack, STEADYMAIL_ACCOUNTS_ALLOWEDNETWORKS="127.0.0.0/8")
    server.start("start")
    # No name server here knows Google's token endpoint, and a host that is not found is refused.
    connected = server.api.connect(f"{emulator.account}&token={emulator.root}/token", TOKEN)
    checks.equal("connect: 201", 201, connected.status)
    account = connected.json()["id"]
    process.until(lambda: server.api.account(account)["state"] == "ok", SYNC_SECONDS, 0.2)
    checks.equal("first sync: state", "ok", server.api.account(account)["state"])
    checks.equal("first sync: every message is stored", len(messages), server.database.count("email"))
    checks.equal("first sync: parked", 0, server.database.count("parked_email"))
    emails = list(server.api.emails(account))
    opened(checks, server.api, emails[::options.every])
    raw(checks, server.api, emails[:RAW_SAMPLE], messages)
    server.end("at the end", signal.SIGTERM, [TOKEN])


def written(stack, messages):
    """Files for the emulator's --eml."""
    mail = places.scratch(stack, "eml")
    for number, message in enumerate(messages):
        folder = mail / USER / LABELS[number % len(LABELS)]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:04d}.eml").write_bytes(message.content)
    return mail


def opened(checks, api, emails):
    problems = []
    for email in emails:
        answer = api.ask("GET", f"/api/v1/emails/{email['id']}", seconds=OPEN_SECONDS)
        if answer.status != 200 or answer.json()["textProblem"]:
            problems.append(f"{answer.status} {email['subject']!r}")
    checks.none("emails open, with their text where they have one", problems, f"{len(emails)} emails")


def _raw(api, email):
    return api.ask("GET", f"/api/v1/emails/{email['id']}/raw", seconds=OPEN_SECONDS).body


def raw(checks, api, emails, messages):
    known = {hashlib.sha256(message.content).hexdigest() for message in messages}
    other = [email["id"] for email in emails
             if hashlib.sha256(_raw(api, email)).hexdigest() not in known]
    checks.none("raw octets are those loaded", other, f"{len(emails)} emails")


if __name__ == "__main__":
    session.run(__doc__, main, options)
