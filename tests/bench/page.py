"""What the first page weighs: what a browser fetches for it, and every file that it names."""

import gzip
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from tests.bench.browser import Visit, chromium, visit
from tests.bench.command import Failed
from tests.bench.importing import prepared
from tests.bench.measure import Line, at_most
from tests.bench.serving import served

_FETCHED: Final = {"stylesheet", "icon", "modulepreload", "preload", "manifest"}
_IN_CSS: Final = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")
_IN_JS: Final = re.compile(r"^\s*(?:import|export)\s(?:[^\"';]*?\sfrom\s)?\s*[\"']([^\"']+)[\"']", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched file: its address, its kind, what it holds and how many bytes came over the wire."""

    address: str
    kind: str
    body: bytes
    wire: int


class _Assets(HTMLParser):
    """Collects what a page makes the browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the source of a script, image or frame, and links that are loaded."""
        given = dict(attrs)
        if tag == "link" and _FETCHED & set((given.get("rel") or "").split()):
            self.found.append(given.get("href") or "")
        elif tag in {"script", "img", "iframe", "source", "audio", "video"} and given.get("src"):
            self.found.append(given["src"] or "")


def fetched(opener: OpenerDirector, address: str) -> Fetched:
    """Fetch one file as a browser asks for it, gzip accepted; raises Failed."""
    try:
        with opener.open(Request(address, headers={"Accept-Encoding": "gzip"}), timeout=20) as answer:
            raw = answer.read()
            body = gzip.decompress(raw) if answer.headers.get("Content-Encoding") == "gzip" else raw
            return Fetched(answer.url, answer.headers.get_content_type(), body, len(raw))
    except HTTPError as problem:
        raise Failed(f"{address} is answered with {problem.code} {problem.reason}.") from None


def named(file: Fetched) -> list[str]:
    """Return the addresses that a page, style sheet or module makes the browser fetch."""
    text = file.body.decode("utf-8", "replace")
    if file.kind == "text/html":
        page = _Assets()
        page.feed(text)
        found = page.found
    elif file.kind == "text/css":
        found = [first or second for first, second in _IN_CSS.findall(text)]
    elif "javascript" in file.kind:
        found = _IN_JS.findall(text)
    else:
        found = []
    return [urldefrag(urljoin(file.address, each))[0] for each in found if each and not each.startswith("data:")]


def everything(opener: OpenerDirector, address: str) -> tuple[list[Fetched], list[str]]:
    """Fetch a page with all it needs; return the local files, and foreign addresses that were not fetched."""
    host, waiting, seen = urlsplit(address).netloc, [address], {address}
    files: list[Fetched] = []
    foreign: list[str] = []
    while waiting:
        file = fetched(opener, waiting.pop(0))
        files.append(file)
        for each in named(file):
            if each not in seen:
                seen.add(each)
                (waiting if urlsplit(each).netloc == host else foreign).append(each)
    return files, foreign


def lines(folder: Path, _count: int, _model: str | None) -> list[Line]:
    """Count the sign-in page and the page that the printed link leads to, each from an empty cache."""
    home, _, _ = prepared(folder, 24)
    with served(home) as (address, _, _), chromium() as browser:
        link = re.search(rf"{re.escape(address)}/\S+", (home / "serve.log").read_text())
        if not link:
            raise Failed(f"workbench serve printed no sign-in link:\n{(home / 'serve.log').read_text()[-2000:]}")
        host = urlsplit(address).netloc
        found = [*_loaded("before signing in", visit(browser, address), host), *_named(address)]
        return found + _loaded("after signing in", visit(browser, link[0]), host)


def _loaded(what: str, page: Visit, host: str) -> list[Line]:
    foreign = [address for address, _ in page.files if urlsplit(address).netloc != host]
    heaviest = sorted(page.files, key=lambda file: -file[1])[:4]
    return [
        Line(f"{what}: {urlsplit(page.address).path}", f"{len(page.files)} files"),
        at_most("  that the browser fetched", sum(size for _, size in page.files) / 1000, 150, "kB"),
        Line("  from other hosts", str(len(foreign)), "0", not foreign),
        *(Line(f"    {urlsplit(address).path}", f"{size / 1000:.1f} kB") for address, size in heaviest),
    ]


def _named(address: str) -> list[Line]:
    """Count every file that the page, its style sheets and modules name, fetched or not."""
    files, foreign = everything(build_opener(HTTPCookieProcessor(CookieJar())), address)
    packed = sum(min(len(gzip.compress(file.body, 6)), len(file.body)) for file in files)
    return [
        Line("  all that it names, over the wire", f"{sum(file.wire for file in files) / 1000:.1f} kB"),
        Line("  all that it names, if gzipped", f"{packed / 1000:.1f} kB"),
        Line("  named on other hosts", str(len(foreign)), "0", not foreign),
    ]
