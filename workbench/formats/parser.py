"""The child that reads files for ``apart``: it knows no database, and says what it finds in lines.

It says a line for every file, what it takes it for, and every record; where a record lacks its text it asks.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import msgspec

from workbench import fence
from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.fence import Fenced
from workbench.formats import Reader, detect, gold, gold_ready, items, reader
from workbench.formats.files import Opened, files, weight
from workbench.formats.filling import filled
from workbench.formats.reading import Options
from workbench.formats.ready import Ready, readied

LARGEST: Final = 16 * 2**20
"""How many bytes a record may have on its way here, where its objects take some twenty times as much memory."""
MOST_BAD: Final = 10_000
"""How many bad records of a file are told of where it has more bad ones than good."""
_LONGEST: Final = 1000
_RENEWED: Final = 50
_BROKEN: Final = (
    "it breaks the rules of its format in a way that Workbench does not know, and nothing more of it was read; write "
    "it anew, or ask whoever runs this bench, whose log tells more."
)
FILE, SHUT, KIND, GOOD, BAD, ODD, LOST, ASK, SPENT, END = (bytes([sign]) for sign in b"FSKGBOLATE")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file under way: its name, what it was taken for, and what it holds as it comes."""

    name: str
    format: str
    title: str
    items: Iterator[Document | Ready | Refused]


@dataclass(frozen=True, slots=True)
class Order:
    """What a child is to read, from which file on."""

    paths: list[str]
    format: str | None
    options: Options
    asks: bool
    ready: bool
    skip: int = 0
    spent: float = 0


def held(opened: Opened | Parsed, chosen: Reader | None, options: Options, *, ready: bool = False) -> Parsed:
    """Return what a file holds, perhaps ready to be kept; raises Invalid where it is of no format that can be read."""
    if isinstance(opened, Parsed):
        return opened
    found = chosen or detect(opened.head, opened.name)
    if ready and found.name == gold.name:
        coming = gold_ready.read(opened.source, options.limits)
    else:
        coming = items(opened, found, options)
    return Parsed(opened.name, found.name, found.title, _bounded(coming))


class _Over(Exception):
    """Files take more time than they may in all."""


class _Clock:
    """The processor time of the files that a child reads: some for each stretch, and so much in all."""

    def __init__(self, line: Fenced, order: Order) -> None:
        self._line, self._order = line, order
        self._size = weight(order.paths)

    def renew(self, name: str) -> None:
        """Grant the next stretch its time; raises _Over where no more is left for any."""
        self._line.renew()
        limits, spent = self._order.options.limits, self._order.spent + time.process_time()
        self._line.say(SPENT, f"{spent:.3f}".encode())
        if spent > (most := limits.in_all(self._size)):
            raise _Over(
                f"{name}: reading ended here, since files of {self._size / 1e6:,.1f} MB may take {most:,} seconds of "
                "processor time in all (WORKBENCH_READ_SECONDS, WORKBENCH_READ_PACE); split them, or leave this out."
            )


def _read(line: Fenced) -> None:
    order = msgspec.json.decode(line.source.readline(), type=Order)

    def asked(sha256: Any, key: Any) -> str | None:
        line.say(ASK, msgspec.json.encode((sha256, key)))
        line.out.flush()
        found: str | None = msgspec.json.decode(line.source.readline())
        return found

    try:
        clock, found = _Clock(line, order), files(order.paths, order.options.limits)
        for each in islice(filled(found, asked) if order.asks else found, order.skip, None):
            clock.renew("" if isinstance(each, Refused) else each.name)
            if isinstance(each, Refused):
                line.say(SHUT, _told(each.sentence, each.line))
                continue
            line.say(FILE, msgspec.json.encode(each.name))
            line.out.flush()
            _read_one(line, each, order, clock)
    except Invalid as problem:
        line.say(LOST, msgspec.json.encode(problem.sentence))
    except _Over as problem:
        line.say(LOST, msgspec.json.encode(str(problem)))
    line.say(END)
    line.out.flush()


def _read_one(line: Fenced, opened: Opened, order: Order, clock: _Clock) -> None:
    try:
        found = held(opened, reader(order.format) if order.format else None, order.options, ready=order.ready)
        line.say(KIND, msgspec.json.encode((found.format, found.title)))
        for number, item in enumerate(found.items, 1):
            if number % _RENEWED == 0:
                clock.renew(opened.name)
            if isinstance(item, Refused):
                line.say(BAD, _told(item.sentence, item.line))
                continue
            done = msgspec.json.encode(readied(item) if order.ready and isinstance(item, Document) else item)
            if len(done) <= LARGEST:
                line.say(GOOD, done)
            else:
                most = f"{LARGEST // 2**20} MB"
                line.say(BAD, _told(f"record {number}: It takes more than {most} with what is told of it; shorten it."))
    except Invalid as problem:
        where = problem.line if isinstance(problem, Refused) else None
        line.say(BAD, _told(problem.sentence, where))
    except (MemoryError, _Over):
        raise
    except Exception as problem:
        line.say(ODD, _told(f"{type(problem).__name__}: {problem}"))
        line.say(BAD, _told(f"{opened.name}: {_BROKEN}"))


def _told(sentence: str, where: int | None = None) -> bytes:
    """Return a refusal as it is said; of a long sentence, which names what the file holds, the beginning."""
    cut = sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST]}…"
    return msgspec.json.encode((cut.encode(errors="replace").decode(), where))


def _bounded(coming: Iterator[Document | Ready | Refused]) -> Iterator[Document | Ready | Refused]:
    """Hand records on until more of them than a person would put right, and most, cannot be used."""
    good = bad = 0
    for each in coming:
        yield each
        bad, good = (bad + 1, good) if isinstance(each, Refused) else (bad, good + 1)
        if bad >= MOST_BAD and bad > good:
            yield Refused(f"{bad:,} records of the file cannot be used, and fewer can; the rest was not read.")
            return


if __name__ == "__main__":
    try:
        _read(fence.fenced(sys.argv[1:]))
    except MemoryError:
        sys.exit(fence.OUT_OF_MEMORY)
