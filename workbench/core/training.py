"""Training: which articles are tests, what a trial comes to as one figure, and what practice has to reach."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from workbench.core.errors import Invalid
from workbench.core.measures import Tally, total

PURPOSES: Final = ("practice", "test")
COMBINED: Final = ("entities.core", "commitments.lenient", "stances.lenient")
"""What one figure is made of: entities to the character, commitments and stances as they were found."""
LATELY: Final = 10
FEWEST: Final = 3
"""How many of the newest tests tell whether somebody's reading has changed, and how many it takes at least."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How a project trains and tests; see ``store.schema.training``."""

    every: int = 0
    pass_mark: int | None = None
    floor: int | None = None
    salt: str = ""


def check(setup: Setup) -> None:
    """Raise Invalid for settings that cannot be followed."""
    if setup.every and not 5 <= setup.every <= 1000:
        raise Invalid("One in 5 to one in 1,000 articles can be a test; 0 asks for none.")
    for name, mark in (("pass mark of practice", setup.pass_mark), ("threshold for tests", setup.floor)):
        if mark is not None and not 1 <= mark <= 100:
            raise Invalid(f"The {name} is an F1 between 1 and 100 percent; leave it empty for none.")


def is_test(setup: Setup, person: int, number: int) -> bool:
    """Say whether the article that somebody takes as their nth (from 0) is a test: one in every row of so many."""
    if not setup.every:
        return False
    row, place = divmod(number, setup.every)
    return place == drawn(setup.salt, person, row) % setup.every


def drawn(salt: str, person: int, number: int) -> int:
    """Return a number that stays the same and that nobody can work out who does not know the salt."""
    said = f"{person}/{number}".encode()
    return int.from_bytes(blake2b(said, digest_size=8, key=salt.encode()[:64]).digest())


def combined(tallies: Mapping[str, Tally]) -> Tally:
    """Return the one figure of a reading beside gold."""
    return total(tallies[name] for name in COMBINED)


def percent(tallies: Iterable[Tally]) -> float | None:
    """Return the F1 of readings taken together, in percent."""
    found = total(tallies).f1
    return None if found is None else 100 * found


def below(setup: Setup, tests: Iterable[Tally]) -> bool:
    """Say whether somebody's newest tests, oldest first, fall below the project's threshold."""
    lately = list(tests)[-LATELY:]
    reached = percent(lately)
    return setup.floor is not None and len(lately) >= FEWEST and reached is not None and reached < setup.floor
