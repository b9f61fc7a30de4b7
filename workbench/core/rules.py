"""How a project's readings come together: how many read an article, and what settles what they differ on."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final, Literal

import msgspec

from workbench.core.errors import Invalid

MOST_READERS: Final = 9
MERGES: Final = ("unanimous", "majority")
REASONS: Final = (
    "The guidelines say so",
    "The guidelines do not cover this",
    "Read too quickly",
    "The text leaves it open",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one project; as they stand here, one reading makes gold.

    ``readers`` read an article where ``overlap`` (percent) selects it, one elsewhere. With
    ``adaptive`` (percent) two read it first, and the others only join where those two agree on less.
    ``plain`` (percent) of the articles are read without suggestions. ``merge`` says what settles
    itself: what all readings share, or what more than half of them do. ``own`` lets people rule on
    articles that they read; ``blind`` hides names from adjudicators.
    """

    readers: int = 1
    overlap: int = 100
    adaptive: int | None = None
    plain: int = 0
    own: bool = False
    blind: bool = True
    merge: Literal["unanimous", "majority"] = "unanimous"
    reasons: tuple[str, ...] = REASONS

    def slots(self, article: str) -> int:
        """Return how many people read an article at first."""
        if not drawn("overlap", article, self.overlap):
            return 1
        return min(self.readers, 2) if self.adaptive is not None else self.readers

    def is_plain(self, article: str) -> bool:
        """Say whether an article is read without suggestions."""
        return drawn("plain", article, self.plain)


def drawn(purpose: str, article: str, percent: int) -> bool:
    """Say whether an article is among so many percent of all: by a keyed hash, so that it stays what it was.

    A larger share holds every article of a smaller one, and shares for different purposes are independent.
    """
    number = int.from_bytes(blake2b(article.encode(), digest_size=8, key=purpose.encode()).digest())
    return number * 100 < percent << 64


def parse(body: str) -> Rules:
    """Read rules that were stored."""
    return msgspec.json.decode(body, type=Rules)


def dump(rules: Rules) -> str:
    """Write rules as JSON, the same bytes for the same rules."""
    return msgspec.json.encode(rules).decode()


def from_row(row: dict[str, Any]) -> Rules:
    """Read rules that somebody wishes for; raises Invalid with what is wrong."""
    try:
        rules = msgspec.convert(row, Rules)
    except msgspec.ValidationError as problem:
        raise Invalid(f"These are no rules: {problem}.") from None
    check(rules)
    return rules


def check(rules: Rules) -> None:
    """Raise Invalid for rules that cannot be followed."""
    if not 1 <= rules.readers <= MOST_READERS:
        raise Invalid(f"An article has 1 to {MOST_READERS} readers, not {rules.readers}.")
    for name, share in (("overlap", rules.overlap), ("plain", rules.plain), ("adaptive", rules.adaptive or 0)):
        if not 0 <= share <= 100:
            raise Invalid(f"The share “{name}” lies between 0 and 100 percent, not at {share}.")
    if rules.adaptive is not None and rules.readers < 3:
        raise Invalid("A third reader who joins only where two differ needs three readers; set readers to 3.")
    if not rules.reasons or any(not each.strip() or len(each) > 200 for each in rules.reasons):
        raise Invalid("Keep at least one reason for rulings, each of at most 200 characters.")
