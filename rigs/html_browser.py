"""Shows everything hostile in the corpus, sanitized, to headless Chromium: nothing may run, load, cover or be read otherwise."""
import json
import os
import random
from collections import Counter
from pathlib import Path

from lab import browser, contest, markup, places, process, session
from lab.checks import CannotRun
from lab.exhibition import Exhibition

OURS, RAW = "steadymail", "none"
PER_PAGE = 200
# No name is looked up, so nothing can leave the machine even where the check fails.
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"

# In every document, before anything of it: whatever scripts like to call, and the browser's own word for what it would have blocked.
CANARY = """
(() => {
  const told = (what, detail) => {
    const ran = (() => { try { return top.__ran ??= [] } catch { return window.__ran ??= [] } })();
    ran.push([location.pathname, what, String(detail).slice(0, 100)]);
  };
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'fetch', 'eval', 'write']) {
    const owner = name === 'write' ? document : window;
    owner[name] = (...all) => { told('called ' + name, all[0]); return name === 'fetch' ? Promise.reject(0) : null; };
  }
  navigator.sendBeacon = url => told('called sendBeacon', url);
  for (const name of ['XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'SharedWorker']) {
    window[name] = class { constructor(url) { told('made ' + name, url); } open() {} send() {} };
  }
  document.addEventListener('securitypolicyviolation',
      event => told('would be blocked: ' + event.effectiveDirective, event.blockedURI + ' ' + event.sample));
})();
"""

# What is in each document and each container, and whether the browser has read what was written.
INSPECT = """
const [name, first, texts] = arguments;
const problems = [], different = [];
const ALLOWED = /^(https?:|mailto:|tel:|data:image\\/(png|gif|jpeg|jpg|webp|bmp|avif|x-icon);)/i;
const BARRED = /^(script|style|svg|math|iframe|frame|frameset|object|embed|applet|form|input|button|select|textarea|base|meta|link|template|noscript|title|xmp|plaintext|audio|video|portal|dialog)$/i;
const EVENTS = ['click', 'mouseover', 'mouseenter', 'mousemove', 'pointerover', 'focus', 'blur', 'keydown', 'toggle', 'error', 'load',
                'animationstart', 'transitionend', 'wheel', 'scroll', 'copy', 'contextmenu', 'dragstart'];
function inspect(root, number) {
  for (const each of root.querySelectorAll('*')) {
    if (BARRED.test(each.localName) || each.namespaceURI !== 'http://www.w3.org/1999/xhtml') problems.push([number, 'element ' + each.localName]);
    for (const {name, value} of each.attributes) {
      if (name.startsWith('on')) problems.push([number, 'attribute ' + name]);
      if ((name === 'id' || name === 'name') && !value.startsWith('mail-')) problems.push([number, name + ' ' + value]);
      if (['href', 'src', 'action', 'formaction', 'background', 'poster', 'srcset', 'xlink:href'].includes(name)
          && !value.startsWith('#') && !ALLOWED.test(each[name] ?? value)) problems.push([number, name + ' ' + value]);
    }
    if (each.ownerDocument.defaultView.getComputedStyle(each).position !== 'static') problems.push([number, 'placed by itself']);
    for (const type of EVENTS) each.dispatchEvent(new Event(type, {bubbles: true, cancelable: true}));
  }
}
function stay(view) { view.addEventListener('click', event => event.preventDefault(), true); }
stay(window);
const containers = document.querySelectorAll('body > div.shown'), frames = document.querySelectorAll('body > iframe');
if (containers.length !== texts.length || frames.length !== texts.length) problems.push([first, 'containers are missing']);
// Everything is put in before anything is looked at: to ask for a style after each change costs a layout of the whole page.
const later = texts.map(text => Object.assign(document.createElement('div'), {innerHTML: text}));
document.body.append(...later);
texts.forEach((text, index) => {
  const number = first + index, page = frames[index]?.contentDocument;
  if (page?.location.pathname !== `/own/${name}/${number}`) { problems.push([number, 'left its document']); return; }
  stay(frames[index].contentWindow);
  [page.body, containers[index], later[index]].forEach((root, place) => {
    inspect(root, number);
    if (root.innerHTML.replaceAll('`', '&#96;') !== text.replaceAll('`', '&#96;')) {
      different.push([number, ['document', 'page', 'innerHTML'][place], root.innerHTML.slice(0, 300)]);
    }
  });
});
await new Promise(requestAnimationFrame);
await new Promise(requestAnimationFrame);
return {problems, different, ran: window.__ran ?? []};
"""


def options(parser):
    parser.add_argument("--no-build", action="store_true", help="takes the benchmarks as they were built before")
    parser.add_argument("--beside", action="store_true", help="measures OWASP's sanitizer and jsoup's in the same way")
    parser.add_argument("--spliced", type=int, default=200, metavar="N", help="texts made of pieces of others (default 200)")
    parser.add_argument("--seed", type=int, help="of the pieces (default: random, printed)")
    parser.add_argument("--every", type=int, default=16, metavar="N", help="shows each Nth text as it came, too (default 16)")
    parser.add_argument("--show", type=int, default=3, metavar="N", help="examples of what differs (default 3)")


def main(options, checks, stack):
    if not options.no_build:
        contest.build()
    hostile = markup.vectors()
    seed = random.randrange(1 << 32) if options.seed is None else options.seed
    checks.note(f"seed {seed}")
    texts = hostile + markup.spliced(hostile, options.spliced, seed) + [each for each in markup.bodies() if not each.source.startswith("html-hostile/")]
    folder = places.scratch(stack, "html")
    write(folder / "in", texts)
    sanitized = {name: sanitize(checks, folder, name) for name in contestants(options)}
    report_sanitizer(checks, sanitized[OURS][1])
    if browser.is_missing():
        without_browser(checks)
        return
    sets = {name: list(dict.fromkeys(shown)) for name, (shown, _) in sanitized.items()}
    sets[RAW] = [each.html for each in hostile[::options.every]]
    shows = Exhibition(stack, sets, PER_PAGE)
    for name in sets:
        told = look(stack, shows, name)
        if name == RAW:
            report_raw(checks, told, len(sets[RAW]))
        elif name == OURS:
            report_ours(checks, told, Origins(sets[OURS], sanitized[OURS][0], texts), options)
        else:
            checks.note(f"{name} in the browser: {len(sets[name])} distinct, {figures(told)}")


def contestants(options):
    return [OURS, "owasp", "jsoup"] if options.beside else [OURS]


def without_browser(checks):
    if os.environ.get("CI") == "true":
        raise CannotRun("chromium or chromedriver is missing; apt-get install chromium chromium-driver")
    checks.note("SKIPPED: nothing was shown, since chromium or chromedriver is missing; apt-get install chromium chromium-driver")


def write(folder, texts):
    folder.mkdir()
    for number, each in enumerate(texts):
        (folder / f"{number:06}.html").write_bytes(each.html.encode("utf-8", "replace"))


def sanitize(checks, folder, name):
    """What a sanitizer makes of each text, and its figures."""
    home = os.environ.get("JAVA_HOME")
    java = Path(home) / "bin" / "java" if home else "java"
    ended = process.run([java, "-Dfile.encoding=UTF-8", "-cp", contest.JAR, "dev.steadymail.benchmarks.html.Sanitize", name,
                         folder / "in", folder / name], 300)
    if ended.code != 0:
        raise CannotRun(f"the sanitizer ended with {ended.code}: {ended.stderr.strip()[-400:]}")
    figures = json.loads(ended.stdout)
    checks.note(f"{name}: {' '.join(f'{key}={value}' for key, value in figures.items())}")
    files = sorted((folder / name).iterdir())
    return [file.read_bytes().decode("utf-8") for file in files], figures


def report_sanitizer(checks, figures):
    checks.equal("no text made it throw", 0, figures["thrown"])
    checks.check("sanitized again, every text is the same", figures["changedAgain"] == 0,
                 f"{figures['texts']} texts, {figures['changedAgain']} differ")


def look(stack, shows, name):
    """Opens every page of a set; each page in the same window, with what its documents did."""
    window = browser.Browser(stack, NOWHERE)
    window.before_each_document(CANARY)
    told = {"problems": [], "different": [], "ran": [], "requests": [], "strays": []}
    strays = len(shows.strays)
    for url, first, pieces in shows.pages(name):
        window.go(url)
        if name == RAW:
            told["ran"] += window.run("return window.__ran ?? []")
        else:
            for key, values in window.run(as_promise(INSPECT), name, first, pieces).items():
                told[key] += values
        told["requests"] += [each for each in window.requested()
                             if not each.startswith((shows.root + "/page/", shows.root + "/own/", "data:", "about:"))]
    told["strays"] = shows.strays[strays:]
    return told


def as_promise(script):
    return f"return (async function() {{ {script} }}).apply(null, arguments)"


def report_raw(checks, told, shown):
    ran = {path for path, what, _ in told["ran"] if what.startswith("called")}
    checks.check("as they came: scripts run, so this rig would see them", len(ran) >= 10,
                 f"{len(ran)} of {shown} called something, {len(told['requests'])} requests elsewhere, {len(told['strays'])} strays")


def report_ours(checks, told, origins, options):
    count = f"{len(origins.texts)} texts, {len(origins.shown)} distinct, each in a document, in a page and by innerHTML"
    checks.none("no script ran and none would be blocked", origins.named(told["ran"]), count)
    checks.none("nothing was asked for elsewhere", told["requests"], count)
    checks.none("nothing was asked for besides the pages", told["strays"], count)
    checks.none("no element, attribute, URL or place that is not allowed", origins.named(told["problems"]), count)
    for row in origins.named(told["different"])[:options.show]:
        checks.note(" ".join(row))
    checks.none("the browser reads exactly what was written", origins.named(told["different"]), count)


class Origins:
    """Where what is shown comes from. Many texts come to the same, which is shown once."""

    def __init__(self, shown, sanitized, texts):
        self.shown, self.texts = shown, texts
        self._source = {text: origin.source for text, origin in reversed(list(zip(sanitized, texts)))}

    def named(self, rows):
        """With the source instead of the number, which comes first or ends a path."""
        return [(self._of(row[0]), *row[1:]) for row in rows]

    def _of(self, place):
        number = str(place).rsplit("/", 1)[-1]
        return self._source[self.shown[int(number)]] if number.isdigit() else place


def figures(told):
    kinds = Counter(what for _, what, _ in told["ran"])
    return (f"{len({row[0] for row in told['different']})} texts read otherwise, {len(told['problems'])} not allowed, "
            f"{len(told['requests'])} requests elsewhere, {len(told['strays'])} strays, ran {dict(kinds)}")


if __name__ == "__main__":
    session.run(__doc__, main, options)
