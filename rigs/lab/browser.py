"""Headless Chromium, driven by chromedriver over the W3C WebDriver protocol with plain HTTP."""
import base64
import json
import os
import shutil
import urllib.error
import urllib.request
from pathlib import Path

from lab import places, process
from lab.checks import CannotRun

# Without these it looks for its maker's hosts at every start.
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "ArrowDown": "\ue015"}


class Browser:
    """One window. Scripts are function bodies; elements are named by CSS selectors."""

    def __init__(self, stack, *flags):
        port, = places.free_ports(1)
        driver = process.Running([_command("chromedriver"), f"--port={port}"], _environment(stack))
        stack.callback(driver.close)
        self._root = f"http://127.0.0.1:{port}"
        if not process.until(self._is_ready, 20, pause=0.1):
            raise CannotRun("chromedriver does not answer; look whether chromium and chromium-driver fit together")
        session = self._post("/session", {"capabilities": {"alwaysMatch": _wishes(stack, flags)}})
        self._session = f"/session/{session['sessionId']}"
        stack.callback(self._call, "DELETE", self._session)

    def go(self, url):
        self._post(f"{self._session}/url", {"url": url})

    def reload(self):
        self._post(f"{self._session}/refresh", {})

    def url(self):
        return self._call("GET", f"{self._session}/url")

    def run(self, script, *arguments):
        """What the function body returns."""
        return self._post(f"{self._session}/execute/sync", {"script": script, "args": list(arguments)})

    def holds(self, expression, seconds=20):
        """Whether an expression becomes true in time."""
        return process.until(lambda: self.run(f"return Boolean({expression})"), seconds, pause=0.1)

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def texts(self, selector):
        return self.run("return [...document.querySelectorAll(arguments[0])].map(each => each.innerText)", selector)

    def click(self, selector):
        """A click as by a mouse, after scrolling there: fails where something else is in front."""
        self.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)
        self._post(f"{self._session}/element/{self._element(selector)}/click", {})

    def write(self, selector, text):
        self._post(f"{self._session}/element/{self._element(selector)}/value", {"text": text})

    def press(self, key):
        strokes = [{"type": kind, "value": KEYS[key]} for kind in ("keyDown", "keyUp")]
        self._post(f"{self._session}/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]})

    def size(self, width, height):
        self._cdp("Emulation.setDeviceMetricsOverride",
                  {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def colours(self, scheme):
        """Prefers `light` or `dark`."""
        self._cdp("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def block(self, *patterns):
        """Lets requests to these addresses fail from now on; none of them clears the list."""
        self._cdp("Network.enable", {})
        self._cdp("Network.setBlockedURLs", {"urls": patterns})

    def before_each_document(self, script):
        """Runs a script, which is no function body, in every document of every frame before anything else does."""
        self._cdp("Page.addScriptToEvaluateOnNewDocument", {"source": script})

    def screenshot(self, file):
        Path(file).write_bytes(base64.b64decode(self._call("GET", f"{self._session}/screenshot")))

    def console(self):
        """Messages since the last call that a console would show in red."""
        entries = self._post(f"{self._session}/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]

    def requested(self):
        """Addresses asked for since the last call, answered or not, without pages of Chromium's own."""
        entries = self._post(f"{self._session}/se/log", {"type": "performance"})
        events = [json.loads(entry["message"])["message"] for entry in entries]
        asked = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return [each["request"]["url"] for each in asked if not each["request"]["url"].startswith("chrome")]

    def _element(self, selector):
        found = self._post(f"{self._session}/element", {"using": "css selector", "value": selector})
        return next(iter(found.values()))

    def _cdp(self, command, parameters):
        self._post(f"{self._session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def _is_ready(self):
        try:
            return self._call("GET", "/status")["ready"]
        except OSError:
            return False

    def _post(self, path, body):
        return self._call("POST", path, json.dumps(body).encode())

    def _call(self, method, path, body=None):
        request = urllib.request.Request(self._root + path, body, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refusal:
            value = json.load(refusal)["value"]
            raise BrowserError(f"{value['error']}: {value['message'].splitlines()[0]}") from None


class BrowserError(OSError):
    """The browser could not do what it was told."""


def is_missing():
    """Whether there is nothing to drive."""
    return not (shutil.which("chromium") and shutil.which("chromedriver"))


def _wishes(stack, flags):
    profile = places.scratch(stack, "chromium")
    return {"browserName": "chrome",
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "goog:chromeOptions": {"binary": _command("chromium"), "args": [*FLAGS, *flags, f"--user-data-dir={profile}"]}}


def _environment(stack):
    """A home of its own, so that nobody's settings are used or changed."""
    return {**os.environ, "HOME": str(places.scratch(stack, "home"))}


def _command(name):
    return shutil.which(name) or _missing(name)


def _missing(name):
    raise CannotRun(f"{name} is missing; apt-get install chromium chromium-driver")
