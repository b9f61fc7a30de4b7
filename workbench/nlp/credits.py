"""Photo agencies run into captions, and a text in which they no longer hide the words around them."""

import re
from collections.abc import Iterator
from typing import Final

from workbench.core.text import AGENCIES
from workbench.nlp.mentions import Proposal

_NAME: Final = rf"(?:{AGENCIES})(?:\s?Images|\sPhoto(?:s)?)?"
_GLUED: Final = re.compile(
    rf"(?<=[a-zß-ÿ\d.’”)])(?:{AGENCIES})(?:\sImages)?(?=[A-ZÀ-Þ][a-zß-ÿ]|\b(?![a-z]))"
    rf"|(?<![\w])(?:{AGENCIES})(?=[A-ZÀ-Þ][a-zß-ÿ])"
)
_CREDIT: Final = re.compile(rf"(?<![\w]){_NAME}(?=\s*(?:\n|$|\[/|/(?:{AGENCIES})))", re.MULTILINE)
_DATELINE: Final = re.compile(rf"(?<=\()(?:{AGENCIES})(?=\)\s*[-–—])")
_DEBRIS: Final = re.compile(r"\[/?[a-z]+(?:\s[^\]]*)?\]")


def credits(text: str) -> Iterator[Proposal]:
    """Yield the agencies that a caption or dateline credits."""
    for pattern in (_GLUED, _CREDIT, _DATELINE):
        for found in pattern.finditer(text):
            end = found.end() if not found[0].endswith(("Photo", "Photos")) else found.start() + found[0].rindex(" ")
            yield Proposal(found.start(), end, "ORG", "agency credit", 97)


def unglued(text: str) -> str:
    """Return the text, as long as before, with glued credits and page debris turned into line ends."""
    for pattern in (_GLUED, _DEBRIS):
        text = pattern.sub(lambda found: "\n" * len(found[0]), text)
    return text
