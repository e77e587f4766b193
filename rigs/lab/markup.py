"""HTML of the corpus: bodies of mail, and what attackers wrote, each with where it comes from."""
import email
import json
import random
import re
from dataclasses import dataclass

from lab import corpus, places

JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|/\*.*?\*/|[^"/]+|/', re.DOTALL)


@dataclass(frozen=True)
class Markup:
    source: str
    html: str


def vectors():
    """Every line of the payload lists, every input of the vector files, our own ones, and the bodies of hostile mail."""
    folder = places.shared("corpus", "html-hostile", "vectors")
    hostile = [each for each in bodies() if each.source.startswith("html-hostile/")]
    return [each for file in sorted(folder.iterdir()) for each in _listed(file)] + _own() + hostile


def bodies():
    """Every HTML part of every message."""
    return [Markup(message.name, _text(part)) for message in corpus.messages()
            for part in email.message_from_bytes(message.content).walk() if part.get_content_type() == "text/html"]


def spliced(texts, count, seed):
    """New ones, each of pieces of a few others, cut at tags or anywhere."""
    chance = random.Random(seed)
    short = [each.html for each in texts if len(each.html) < 2000]
    return [Markup(f"spliced {seed}#{number}", "".join(_piece(chance, chance.choice(short)) for _ in range(chance.randint(2, 6))))
            for number in range(count)]


def _piece(chance, text):
    cuts = [match.start() for match in re.finditer("[<>]", text)] + [chance.randrange(len(text) + 1)]
    start, end = sorted((chance.choice(cuts), chance.choice([*cuts, len(text)])))
    return text[start:end + 1]


def _listed(file):
    text = file.read_text("utf-8", "replace")
    if file.suffix == ".json":
        inputs = [each["input"] for each in json.loads(_without_comments(text))]
    elif "\n--\n" in text:
        inputs = [text.split("\n--\n")[0]]
    else:
        inputs = [line for line in text.splitlines() if line.strip()]
    return [Markup(f"{file.name}#{number}", each) for number, each in enumerate(inputs, 1)]


def _own():
    file = places.REPOSITORY / "sdk-html/src/test/resources/dev/steadymail/html/vectors.txt"
    lines = [line[3:] for line in file.read_text("utf-8").split("\n") if line.startswith("<< ")]
    return [Markup(f"{file.name}#{number}", line.replace("\\n", "\n")) for number, line in enumerate(lines, 1)]


def _without_comments(text):
    return "".join(token for token in JSON_TOKEN.findall(text) if not token.startswith("/*"))


def _text(part):
    octets = part.get_payload(decode=True) or b""
    try:
        return octets.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return octets.decode("latin-1")
