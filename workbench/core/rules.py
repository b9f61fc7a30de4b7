"""How a project's readings come together: how many read an article, and what settles what they differ on."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final, Literal

import msgspec

from workbench.core.errors import Invalid, clause

MOST_READERS: Final = 9
MOST_NAMED: Final = 2_000
MERGES: Final = ("unanimous", "majority")
ORDERS: Final = {
    "oldest": "what came first",
    "worth": "what most is to be learnt from: unsure proposals and new actors",
    "uncertain": "what the suggester is least certain of",
    "disputed": "what the readings so far differ on most",
    "outlet": "one of each outlet in turn",
    "date": "one of each day in turn",
    "cluster": "one of each group of near-duplicates in turn",
}
"""In what order articles are given out; a priority that a lead sets goes before any of them."""
REASONS: Final = (
    "The guidelines say so",
    "The guidelines do not cover this",
    "Read too quickly",
    "The text leaves it open",
)


@dataclass(frozen=True, slots=True)
class Lane:
    """Articles that certain people read: those in these languages and of these outlets; empty means any.

    ``readers`` and ``overlap``, where they are given, take the place of the project's own.
    """

    people: tuple[int, ...]
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    readers: int | None = None
    overlap: int | None = None

    def takes(self, language: str, outlet: str | None) -> bool:
        """Say whether an article goes to these people; ``en`` takes ``en-GB`` too, and case tells nothing."""
        spoken = language.casefold()
        languages = [each.casefold() for each in self.languages]
        named = (outlet or "").casefold() in {each.casefold() for each in self.outlets}
        return (not languages or any(spoken == each or spoken.startswith(f"{each}-") for each in languages)) and (
            not self.outlets or named
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one project; as they stand here, one reading makes gold.

    ``readers`` read an article where ``overlap`` (percent) selects it, one elsewhere. With
    ``adaptive`` (percent) two read it first, and the others only join where those two agree on less.
    ``plain`` (percent) of the articles are read without suggestions. ``merge`` says what settles
    itself: what all readings share, or what more than half of them do. ``own`` lets people rule on
    articles that they read; ``blind`` hides names from adjudicators. ``order`` is the queue's; the
    first of the ``lanes`` that takes an article says who reads it.
    """

    readers: int = 1
    overlap: int = 100
    adaptive: int | None = None
    plain: int = 0
    own: bool = False
    blind: bool = True
    merge: Literal["unanimous", "majority"] = "unanimous"
    reasons: tuple[str, ...] = REASONS
    order: Literal["oldest", "worth", "uncertain", "disputed", "outlet", "date", "cluster"] = "oldest"
    lanes: tuple[Lane, ...] = ()

    def slots(self, article: str, lane: int = 0) -> int:
        """Return how many people read an article at first."""
        if not drawn("overlap", article, self._of(lane, "overlap")):
            return 1
        most = self.most(lane)
        return min(most, 2) if self.adaptive is not None else most

    def most(self, lane: int = 0) -> int:
        """Return how many people read an article at most."""
        return self._of(lane, "readers")

    def _of(self, lane: int, name: str) -> int:
        own = getattr(self.lanes[lane - 1], name) if 0 < lane <= len(self.lanes) else None
        return int(getattr(self, name) if own is None else own)

    def lane_of(self, language: str, outlet: str | None) -> int:
        """Return the number of the lane that takes an article, from 1; 0 where everybody may read it."""
        return next((n for n, lane in enumerate(self.lanes, 1) if lane.takes(language, outlet)), 0)

    def lanes_of(self, person: int) -> tuple[int, ...]:
        """Return where somebody finds articles: what was given to them, their lanes, what is for everybody."""
        return (-person, *(n for n, lane in enumerate(self.lanes, 1) if person in lane.people), 0)

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
    return _RULES.decode(body)


def dump(rules: Rules) -> str:
    """Write rules as JSON, the same bytes for the same rules."""
    return msgspec.json.encode(rules).decode()


def from_row(row: dict[str, Any]) -> Rules:
    """Read rules that somebody wishes for; raises Invalid with what is wrong."""
    try:
        rules = msgspec.convert(row, Rules)
    except msgspec.ValidationError as problem:
        raise Invalid(f"These are no rules: {clause(problem)}.") from None
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
    if sum(len((*lane.people, *lane.languages, *lane.outlets)) for lane in rules.lanes) > MOST_NAMED:
        raise Invalid(
            f"The rules for who reads what name at most {MOST_NAMED:,} people, languages and outlets together; "
            "what no rule takes is for everybody."
        )
    for number, lane in enumerate(rules.lanes, 1):
        _check_lane(rules, number, lane)
    if not rules.reasons or any(not each.strip() or len(each) > 200 for each in rules.reasons):
        raise Invalid("Keep at least one reason for rulings, each of at most 200 characters.")


def _check_lane(rules: Rules, number: int, lane: Lane) -> None:
    if not (lane.languages or lane.outlets):
        raise Invalid(f"Rule {number} names no language and no outlet; name one, or take the rule out.")
    most = rules.most(number)
    if len(set(lane.people)) < most:
        raise Invalid(
            f"Rule {number} asks for {most} {'reader' if most == 1 else 'readers'} of an article and names "
            f"{len(set(lane.people)) or 'nobody'}; name more people, or ask for fewer readers."
        )
    if not 1 <= most <= MOST_READERS or not 0 <= (lane.overlap or 0) <= 100:
        raise Invalid(f"Rule {number} wants 1 to {MOST_READERS} readers and a share between 0 and 100 percent.")


_RULES: Final = msgspec.json.Decoder(Rules)
