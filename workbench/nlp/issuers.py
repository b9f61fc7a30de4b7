"""Who speaks in a communiqué: *we* outside quotations are those who issue it."""

import re
from typing import Final

from workbench.nlp.actors import Cast
from workbench.nlp.mentions import Mention
from workbench.nlp.tree import Doc

_KIND: Final = re.compile(
    r"\b(?:communiqu[eé]|(?:joint|ministerial|leaders[’']?) (?:statement|declaration)|declaration)\b", re.IGNORECASE
)
_TITLE: Final = 300
"""Characters in which a communiqué says what it is."""

_BODIES: Final = frozenset({"alliance", "group", "organisation"})


def issuers(doc: Doc, cast: Cast) -> tuple[Mention, ...]:
    """Return who issued the document: the body in its title, else the states there; nobody for other texts."""
    hooks = doc.user_hooks
    if "issuers" not in hooks:
        hooks["issuers"] = _issuers(doc.text, cast)
    return tuple(hooks["issuers"])


def _issuers(text: str, cast: Cast) -> tuple[Mention, ...]:
    title = _KIND.search(text, 0, _TITLE)
    if title is None:
        return ()
    start = text.rfind("\n", 0, title.start()) + 1
    end = text.find("\n", title.end())
    line = [each for each in cast.mentions if start <= each.start < (len(text) if end < 0 else end) and each.actor]
    bodies = tuple(each for each in line if each.kind in _BODIES)
    return bodies[:1] or tuple(each for each in line if each.kind == "state")
