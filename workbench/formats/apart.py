"""Files from outside, read in a process of their own, which may break down without harm.

A file on which the child (``parser``) breaks down, or that takes too much, is refused, and the next one is read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.fence import Apart, Died
from workbench.formats import parser
from workbench.formats.filling import TextOf
from workbench.formats.parser import ASK, BAD, END, GOOD, KIND, LOST, ODD, SHUT, SPENT, Order, Parsed
from workbench.formats.reading import PLAIN, Options
from workbench.formats.ready import Ready

log = structlog.get_logger("workbench.formats")
_MOST_DEATHS: Final = 10
_DOCUMENT: Final[msgspec.json.Decoder[Any]] = msgspec.json.Decoder(Document)
_READY: Final[msgspec.json.Decoder[Any]] = msgspec.json.Decoder(Ready)


def parsed(
    paths: Iterable[str | Path],
    format: str | None = None,
    options: Options = PLAIN,
    text_of: TextOf | None = None,
    *,
    ready: bool = False,
) -> Iterator[Parsed | Refused]:
    """Read everything under the paths as ``files`` would hand it out; each file must be used up before the next.

    The documents come as they were read, or ``ready`` to be kept.
    """
    order = Order([str(each) for each in paths], format, options, text_of is not None, ready)
    for _ in range(_MOST_DEATHS):
        run = _Run(replace(options, about={}, beside={}), text_of, ready=ready)
        yield from run.files(order)
        if run.ended:
            return
        order = replace(order, skip=order.skip + run.passed, spent=run.spent)
    raise Invalid(f"Reading broke down at {_MOST_DEATHS} files; the rest was not read.")


class _Run:
    """A child at work."""

    def __init__(self, options: Options, text_of: TextOf | None, *, ready: bool) -> None:
        self.limits, self.text_of = options.limits, text_of
        self._decode = (_READY if ready else _DOCUMENT).decode
        self.passed, self.spent = 0, 0.0
        self.ended = self.dead = False
        self._next: tuple[bytes, bytes] | None = None

    def files(self, order: Order) -> Iterator[Parsed | Refused]:
        """Yield files until the child has no more, or breaks down."""
        with Apart(parser.__name__, memory=self.limits.memory, seconds=self.limits.seconds) as self.child:
            try:
                self.child.tell(msgspec.json.encode(order))
                while not (self.ended or self.dead):
                    yield from self._file(*self._hear())
            except Died as problem:
                raise Invalid(f"Reading the files {problem}{_advice(problem)}") from None

    def _file(self, sign: bytes, body: bytes) -> Iterator[Parsed | Refused]:
        if sign == END:
            self.ended = True
        elif sign == LOST:
            raise Invalid(msgspec.json.decode(body))
        elif sign == SHUT:
            self.passed += 1
            yield _refused(body)
        else:
            self.passed += 1
            name = msgspec.json.decode(body)
            items = self._items(name)
            format, title = next(items)
            yield Parsed(name, format, title, items)
            for _ in items:  # what the caller left
                pass

    def _items(self, name: str) -> Iterator[Any]:
        """Yield what the file was taken for, then what it holds."""
        told = False
        try:
            while True:
                sign, body = self._hear()
                if sign == KIND:
                    told = True
                    yield tuple(msgspec.json.decode(body))
                    continue
                if not told:
                    told = True
                    yield ("", "")
                if sign == GOOD:
                    yield self._decode(body)
                elif sign == BAD:
                    yield _refused(body)
                elif sign == ODD:
                    log.warning("reading.broke_down", file=name, error=_refused(body).sentence)
                else:
                    self._next = sign, body
                    return
        except Died as problem:
            if not told:
                yield ("", "")
            yield Refused(f"{name}: reading it {problem}{_advice(problem)}")
            self.dead = True

    def _hear(self) -> tuple[bytes, bytes]:
        if self._next:
            found, self._next = self._next, None
            return found
        while (line := self.child.hear())[:1] in {ASK, SPENT}:
            if line[:1] == SPENT:
                self.spent = float(line[1:])
                continue
            assert self.text_of is not None
            self.child.tell(msgspec.json.encode(self.text_of(*msgspec.json.decode(line[1:]))))
        return line[:1], line[1:]


def _refused(body: bytes) -> Refused:
    return Refused(*msgspec.json.decode(body))


def _advice(problem: Died) -> str:
    said = str(problem)
    if "memory" in said:
        return " (WORKBENCH_READ_MEMORY); split it."
    return " (WORKBENCH_READ_SECONDS); split it." if "seconds" in said else "; it was not taken."
