"""Scripts and styles as browsers get them: what a page needs in one file, without what only people read.

A bundle is a script with the modules that it imports, each in a function of its own so that their
names cannot meet. A later bundle, which the first one loads once the page can be used, takes from it
what is there already. A style sheet holds the sheets that it imports. Without compression a browser
gets the sources, which work as they are.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import rcssmin
import rjsmin

BUNDLES: Final = {"js/desk/main.js": None, "js/desk/later.js": "js/desk/main.js"}
"""Scripts that take along what they import, and the bundle that is there before each."""

_IMPORT: Final = re.compile(
    r'^import (?:\* as (?P<all>\w+)|\{ (?P<some>[^}]*) \}) from "(?P<place>[^"]+)";$', re.MULTILINE
)
_EXPORT: Final = re.compile(r"^export (?:async )?(?:function\*?|class|const) (\w+)", re.MULTILINE)
_SHEET: Final = re.compile(r'^@import "(?P<place>[^"]+)";$', re.MULTILINE)


@lru_cache(maxsize=64)
def script(static: Path, name: str) -> str:
    """Return a script of our own as it goes out."""
    path = static / name
    if name not in BUNDLES:
        return str(rjsmin.jsmin(path.read_text("utf-8")))
    before = BUNDLES[name]
    there = _modules(static / before, []) if before else []
    own = _modules(path, there)
    names = {module: f"m{number}" for number, module in enumerate(there + own)}
    parts = [_wrapped(module, names) for module in own]
    if before:
        taken = ",".join(names[module] for module in there[:-1])
        parts = [f'import{{{taken}}}from"./{Path(before).name}";', *parts, _shown(own[-1], names)]
    else:
        parts.append(f"export{{{','.join(names[module] for module in own[:-1])}}};")
    return str(rjsmin.jsmin("\n".join(parts)))


def style(path: Path) -> str:
    """Return a style sheet of our own, with those that it imports, as it goes out."""
    whole = _SHEET.sub(lambda found: (path.parent / found["place"]).read_text("utf-8"), path.read_text("utf-8"))
    return str(rcssmin.cssmin(whole))


def _modules(path: Path, there: list[Path]) -> list[Path]:
    """Return a module after all that it imports, each once, without those that are there."""
    found: list[Path] = []

    def visit(module: Path) -> None:
        for imported in _IMPORT.finditer(module.read_text("utf-8")):
            visit((module.parent / imported["place"]).resolve())
        if module not in found and module not in there:
            found.append(module)

    visit(path.resolve())
    return found


def _wrapped(module: Path, names: dict[Path, str]) -> str:
    """Return a module as a constant that holds what it exports."""

    def taken(found: re.Match[str]) -> str:
        source = names[(module.parent / found["place"]).resolve()]
        wanted = found["all"] or f"{{{found['some'].replace(' as ', ':')}}}"
        return f"const {wanted}={source};"

    text = module.read_text("utf-8")
    shown = ",".join(_EXPORT.findall(text))
    text = re.sub(r"^export ", "", _IMPORT.sub(taken, text), flags=re.MULTILINE)
    return f"const {names[module]}=(()=>{{{text}\nreturn{{{shown}}}}})();"


def _shown(module: Path, names: dict[Path, str]) -> str:
    """Return the words by which a bundle exports what one of its modules does."""
    shown = ",".join(_EXPORT.findall(module.read_text("utf-8")))
    return f"export const {{{shown}}}={names[module]};"
