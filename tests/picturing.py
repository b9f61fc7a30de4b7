"""How each state of the README's pictures comes about, by the keys that people press."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import BrowserContext, Page


@dataclass(frozen=True)
class Scene:
    """A page to bring into a state; ``look`` counts its pictures, ``room`` opens another browser."""

    page: Page
    address: str
    look: int
    room: Callable[[], BrowserContext]

    def open(self, item: int, *keys: str, page: Page | None = None) -> Page:
        """Open an article on the desk and press keys."""
        page = page or self.page
        page.goto(f"{self.address}/items/{item}")
        page.wait_for_selector("[data-whole]")
        self.press(*keys, page=page)
        return page

    def press(self, *keys: str, page: Page | None = None) -> None:
        for key in keys:
            (page or self.page).keyboard.press(key)


def queue(scene: Scene) -> None:
    scene.page.goto(f"{scene.address}/queue")


def desk(scene: Scene) -> None:
    scene.open(1, "Space", "Space", "a", "a", "x")


def hints(scene: Scene) -> None:
    scene.open(1, "f")


def frame(scene: Scene) -> None:
    scene.open(2)
    while not scene.page.locator(".frame-card").count():
        scene.press("j")
    scene.press("Enter")
    scene.page.locator(".frame-card").scroll_into_view_if_needed()


def palette(scene: Scene) -> None:
    scene.open(2, "Control+k")
    scene.page.keyboard.type("par")


def keys(scene: Scene) -> None:
    scene.open(2, "?")


def words(scene: Scene) -> None:
    scene.open(3, "/")
    scene.page.keyboard.type("minister")
    scene.press("Control+Enter", "Shift+ArrowRight")


def spread(scene: Scene) -> None:
    scene.open(4)
    for _ in range(30):
        scene.press("a")
        if scene.page.locator('[data-desk="same"]').is_visible():
            scene.press("p")
            return


def guideline(scene: Scene) -> None:
    scene.open(3, "r")
    scene.page.wait_for_selector(".guide-body h2")


def history(scene: Scene) -> None:
    scene.open(1, "a", "2", "z", "H")


def offline(scene: Scene) -> None:
    page = scene.open(5)
    page.context.set_offline(True)
    scene.press("a", "a", "x", "Space")
    page.wait_for_selector('[data-desk="saving"][data-state="offline"]')


def conflict(scene: Scene) -> None:
    page = scene.open(6 + scene.look)
    page.context.set_offline(True)
    scene.press("a", "k")
    elsewhere = scene.room()
    other = scene.open(6 + scene.look, "x", page=elsewhere.new_page())
    other.wait_for_selector('[data-desk="saving"][data-state="ok"]')
    elsewhere.close()
    page.context.set_offline(False)
    page.wait_for_selector(".m.conflict")


def finished(scene: Scene) -> None:
    scene.open(9 + scene.look, "Space", "!", "Shift+Enter")
    scene.page.wait_for_selector("dialog")


def read(scene: Scene) -> None:
    scene.page.goto(f"{scene.address}/articles")
    scene.page.locator("main table a").first.click()
    scene.page.wait_for_load_state()


STATES: Final[dict[str, Callable[[Scene], None]]] = {
    each.__name__: each
    for each in (
        queue, desk, hints, frame, palette, keys, words, spread, guideline, history, offline, conflict, finished, read,
    )
}  # fmt: skip
"""Every state with its name, in the order of a first tour."""
