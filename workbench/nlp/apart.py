"""A suggester in a process of its own: an article that crashes, hangs or eats memory takes nothing else along.

The child loads the model once and reads batches of articles; when it dies it is started again with the next batch.
"""

import sys
import traceback
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import msgspec

from workbench import fence
from workbench.core import scheme as schemes
from workbench.core.actors import Actor, Registry
from workbench.core.annotation import Document, Layer
from workbench.core.errors import Invalid
from workbench.core.scheme import Scheme
from workbench.fence import Apart, Died, Fenced
from workbench.nlp import suggester

_ROUND: Final = 256
_LAYER: Final = msgspec.json.Decoder(Layer)
_NAME, _GOOD, _BROKEN, _LOST = (bytes([sign]) for sign in b"NLBI")


class Broken(Exception):
    """The suggester raised something over an article; the message is its trace."""


def hopeless(problem: Died) -> Invalid:
    """Return what to say where a suggester's process reads nothing at all."""
    return Invalid(
        f"The suggester's process reads nothing: it {problem}. It may need more than it is allowed "
        "(WORKBENCH_SUGGESTER_MEMORY, WORKBENCH_SUGGESTER_SECONDS), or fewer workers beside it on this machine."
    )


class _Order(msgspec.Struct):
    model: str | None
    scheme: str
    actors: list[Actor]


class _Batch(msgspec.Struct):
    articles: list[Document]
    processes: int


class ApartSuggester:
    """Proposes what a suggester in another process proposes; raises Died or Broken at an article it cannot read."""

    def __init__(
        self,
        model: str | None,
        scheme: Scheme,
        registry: Registry,
        *,
        memory: int,
        seconds: int,
        module: str = __name__,
    ) -> None:
        self._order = msgspec.json.encode(_Order(model, schemes.dump(scheme), list(registry)))
        self._memory, self._seconds, self._module = memory, seconds, module
        self._child: Apart | None = None
        self.name = self._started()

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        """Propose a layer for each article, in order, a round at a time."""
        articles = iter(articles)
        while batch := list(islice(articles, _ROUND * processes)):
            yield from self._round(batch, processes)

    def close(self) -> None:
        """End the child."""
        if self._child:
            self._child.__exit__(None, None, None)
            self._child = None

    def _round(self, batch: list[Document], processes: int) -> Iterator[Layer]:
        try:
            if self._child is None:
                self._started()
            assert self._child is not None
            self._child.tell(msgspec.json.encode(_Batch(batch, processes)))
            for _ in batch:
                sign, body = self._heard()
                if sign == _BROKEN:
                    raise Broken(msgspec.json.decode(body))
                yield _LAYER.decode(body)
        except BaseException:
            self.close()  # whatever else it would say belongs to articles that nobody waits for
            raise

    def _started(self) -> str:
        self._child = Apart(self._module, memory=self._memory, seconds=self._seconds)
        try:
            self._child.tell(self._order)
            sign, body = self._heard()
        except Died as problem:
            self.close()
            raise hopeless(problem) from None
        if sign == _LOST:
            self.close()
            raise Invalid(msgspec.json.decode(body))
        name: str = msgspec.json.decode(body)
        return name

    def _heard(self) -> tuple[bytes, bytes]:
        assert self._child is not None
        line = self._child.hear()
        return line[:1], line[1:]


def _propose(line: Fenced) -> None:
    order = msgspec.json.decode(line.source.readline(), type=_Order)
    try:
        loaded = suggester(order.model, schemes.parse(order.scheme), Registry(order.actors))
    except Invalid as problem:
        line.say(_LOST, msgspec.json.encode(problem.sentence))
        line.out.flush()
        return
    line.say(_NAME, msgspec.json.encode(loaded.name))
    line.out.flush()
    decoder = msgspec.json.Decoder(_Batch)
    while told := line.source.readline():
        line.renew()
        batch = decoder.decode(told)
        try:
            for layer in loaded.suggest(iter(batch.articles), processes=batch.processes):
                line.say(_GOOD, msgspec.json.encode(layer))
                line.renew()
        except MemoryError:
            raise
        except Exception:
            line.say(_BROKEN, msgspec.json.encode(traceback.format_exc(limit=-6)))
        line.out.flush()


def main() -> None:
    """Be the child."""
    try:
        _propose(fence.fenced(sys.argv[1:]))
    except MemoryError:
        sys.exit(fence.OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
