"""Sends mail, killed (kill -9) and cut at random, and counts what the testkit's server and Postfix accepted: at most once."""
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from lab import imap, places, session, steadymail, submission
from lab.dovecot import Dovecot
from lab.postfix import Postfix
from lab.sender import Sender
from lab.submission import SubmissionServer

# One message in about two meets one of them; those of the proxy come on top.
FAULTS = ("accepted:cut:.12; end_of_data:cut:.06; content:cut-within@900:.1; end_of_data:451:.06; end_of_data:554:.04; "
          "data:451:.04; rcpt:450:.05; rcpt:550:.03; mail:451:.04; greeting:421:.03; auth:454:.03")


def options(parser):
    parser.add_argument("--kills", type=int, default=200, help="how often to kill, in all (default 200)")
    parser.add_argument("--cuts", type=int, default=300, help="how many sends to cut, in all (default 300)")
    parser.add_argument("--seed", type=int, default=None, help="of the moments (default: random, printed)")
    parser.add_argument("--only", choices=("testkit", "postfix"), help="by one server alone")


def main(options, checks, stack):
    steadymail.prepare()
    submission.prepare()
    seed = random.randrange(10**6) if options.seed is None else options.seed
    checks.note(f"seed {seed}")
    folder, dovecot = places.scratch(stack, "send"), Dovecot(stack)
    pool = stack.enter_context(ThreadPoolExecutor())  # left after the senders, which end their runs
    routes = [make(stack, dovecot, folder, seed) for name, make in (("testkit", ByTestkit), ("postfix", ByPostfix))
              if options.only in (None, name)]
    shares = [each // len(routes) for each in (options.kills, options.cuts)]
    for part in [pool.submit(play, route, folder / "outbox", *shares) for route in routes]:
        part.result()
    for route in routes:
        check(checks, stack, dovecot, route)


class ByTestkit:
    """A healthy server and a sick one, with a ledger each."""

    def __init__(self, stack, dovecot, folder, seed):
        user = "ada@example.com"
        self.healthy = SubmissionServer(stack, folder, "healthy", user)
        self.sick = SubmissionServer(stack, folder, "sick", user, FAULTS, seed)
        url = f"imap://{quote(user)}@127.0.0.1:{dovecot.port}?tls=none&smtp=127.0.0.1:{{port}}&smtptls=none"
        self.sender = Sender(stack, "testkit", user, self.healthy, url, seed)

    def accepted(self):
        return self.healthy.accepted() + self.sick.accepted()


class ByPostfix:
    """With STARTTLS, so that most cuts are inside TLS."""

    sick = None

    def __init__(self, stack, dovecot, folder, seed):
        user = "bob@example.com"
        self.server = Postfix(stack, dovecot)
        url = (f"imap://{quote(user)}@127.0.0.1:{dovecot.port}?ca={quote(str(dovecot.certificate))}"
               "&smtp=127.0.0.1:{port}&smtptls=starttls")
        self.sender = Sender(stack, "postfix", user, self.server, url, seed)

    def accepted(self):
        return self.server.delivered()


def play(route, outbox, kills, cuts):
    sender = route.sender
    sender.measure(outbox)
    route.asked_kills = kills
    sender.kill(kills)
    route.asked_cuts = cuts if route.sick is None else cuts - cuts // 3
    sender.cut(cuts, route.sick)
    route.states = sender.settle()


def check(checks, stack, dovecot, route):
    sender, states, name = route.sender, route.states, route.sender.name
    copies = Counter(address.partition("@")[0] for address, _ in route.accepted())
    checks.note(f"{name}: a run takes {sender.seconds:.2f} s, {sender.talking:.2f} s after it reached the server; "
                f"{sender.octets.to_server} octets pass to the server, {sender.octets.to_client} from it")
    checks.none(f"{name}: every run that was not killed answers with one line", sender.problems,
                f"{len(states)} messages, {sum(map(len, sender.told.values()))} answers")
    checks.check(f"{name}: enough was killed", sum(sender.kills.values()) >= route.asked_kills, dict(sender.kills))
    checks.check(f"{name}: enough was cut", sender.proxy.cuts >= route.asked_cuts * 0.8,
                 f"{sender.proxy.cuts} connections")
    checks.note(f"{name}: told first after kills {sender.first_answers('kill')}, at cuts {sender.first_answers('cut')}")
    at_most_once(checks, name, states, copies)
    checks.none(f"{name}: what a run told stays so", sender.unsteady(states))
    same_message(checks, name, route.accepted())
    sent_mailbox(checks, name, imap.Client(stack, dovecot.port, sender.user), states)


def at_most_once(checks, name, states, copies):
    counted = Counter(states.values())
    sent = [key for key, state in states.items() if state in ("sent", "sent-before")]
    never = [key for key, state in states.items() if state in ("refused", "cancelled")]
    unknown = [key for key, state in states.items() if state == "unknown"]
    checks.none(f"{name}: nothing is queued any more", [key for key, state in states.items() if state == "queued"],
                dict(counted))
    checks.none(f"{name}: no message twice", [(key, count) for key, count in copies.items() if count > 1],
                f"{len(copies)} accepted")
    checks.none(f"{name}: no message lost that was told to be sent", [key for key in sent if not copies[key]],
                f"{len(sent)} sent")
    checks.none(f"{name}: no message that was told to be refused came", [key for key in never if copies[key]],
                f"{len(never)} refused")
    checks.none(f"{name}: only what is in the outbox came", sorted(copies.keys() - states.keys()))
    checks.note(f"{name}: {len(unknown)} unknown, {sum(copies[key] > 0 for key in unknown)} of them accepted")


def same_message(checks, name, accepted):
    """A message keeps its Message-ID, whatever becomes of it."""
    pairs = set(accepted)
    twice = [pair for each in (0, 1) for pair, count in Counter(pair[each] for pair in pairs).items() if count > 1]
    checks.none(f"{name}: one Message-ID for each message", twice)


def sent_mailbox(checks, name, client, states):
    served = client.messages("Sent")
    for what, field in (("message", "To"), ("Message-ID", "Message-ID")):
        copies = Counter(message.header(field) for message in served)
        checks.none(f"{name}: at most one copy of each {what} in Sent",
                    [each for each, count in copies.items() if count > 1], f"{len(served)} copies")
    there = {message.header("To").partition("@")[0].strip("<") for message in served}
    sent = [key for key, state in states.items() if state in ("sent", "sent-before")]
    checks.note(f"{name}: {sum(key not in there for key in sent)} of {len(sent)} sent without a copy in Sent")
    checks.none(f"{name}: nothing in Sent that was refused", [key for key in there if states.get(key) == "refused"])


if __name__ == "__main__":
    session.run(__doc__, main, options)
