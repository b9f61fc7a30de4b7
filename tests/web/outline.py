"""What a page is made of, as far as a test can tell without a browser."""

from html.parser import HTMLParser

from tests.web.browsing import Browser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Outline(HTMLParser):
    """What a page is made of: its ids, what runs in it, and whether it is well formed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.roots: list[dict[str, str | None]] = []
        self.wrong: list[str] = []
        self.open: list[str] = []
        self.script = False
        self.feed(page)
        self.close()
        self.wrong += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if not self.open:
            self.roots.append(given)
        self.ids += [str(given["id"])] if "id" in given else []
        self.wrong += [f"{name} in <{tag}>" for name in given if name == "style" or name.startswith("on")]
        self.wrong += ["words that somebody wrote are markup"] if "data-evil" in given else []
        self.wrong += [f"{name} of <{tag}> leads to a script" for name, value in attrs if _runs(value)]
        self.script = tag == "script" and "src" not in given and given.get("type") != "application/json"
        address = given.get("src") or (given.get("href") if tag == "link" else None) or ""
        if "//" in address:
            self.wrong.append(f"<{tag}> asks another host for {address}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if self.script and data.strip():
            self.wrong.append("a script in the page")


def _runs(value: str | None) -> bool:
    return (value or "").strip().lower().startswith(("javascript:", "vbscript:", "data:text"))


def checked(browser: Browser, path: str, status: int = 200) -> Outline:
    answer = browser.get(path)
    assert answer.status_code == status, (path, answer.text)
    found = Outline(answer.text)
    assert not found.wrong, (path, found.wrong)
    twice = {each for each in found.ids if found.ids.count(each) > 1}
    assert not twice, (path, twice)
    return found
