"""Files of every kind that gold, other tools and people bring: a format is a module.

Adding one takes the module, a word in the tuple below, and a golden file in ``tests/golden``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, Protocol

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.core.scheme import Scheme
from workbench.formats import (
    argilla,
    brat,
    cas,
    conll,
    conllu,
    docbin,
    doccano,
    gold,
    html,
    huggingface,
    jsonl,
    label_studio,
    potato,
    prodigy,
    table,
    tables,
    tasks,
    text,
    w3c,
    webanno,
    xlsx,
    xmi,
)
from workbench.formats.files import Opened, files
from workbench.formats.reading import PLAIN, Options


class Format(Protocol):
    """What every format module offers."""

    @property
    def name(self) -> str:
        """The word that chooses it on the command line."""

    @property
    def title(self) -> str:
        """What a person calls it."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What its files are usually named; the first is the one we write."""

    @property
    def direction(self) -> str:
        """Return read, write or both."""

    @property
    def loses(self) -> frozenset[str]:
        """What it cannot hold of a document, in the words of ``formats.losses``."""


class Reader(Format, Protocol):
    """A format that comes in."""

    def sniff(self, head: bytes, name: str, /) -> bool:
        """Say whether a file with this beginning and name is of this format."""

    def read(self, source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
        """Yield the documents; what cannot be used is yielded as Refused with its line."""


class Writer(Format, Protocol):
    """A format that goes out."""

    def write(self, documents: Iterable[Document], out: BinaryIO, /) -> None:
        """Write all documents, streaming; the same documents give the same bytes."""


class Setup(NamedTuple):
    """What another tool must be told before it works on what we write: a file's name and what is in it."""

    file: str
    content: Callable[[Scheme], str]


class Record(NamedTuple):
    """What was found in a file, and by which format."""

    file: str
    format: str
    item: Document | Refused


READERS: Final[dict[str, Reader]] = {each.name: each for each in (
    gold, huggingface, cas, xmi, w3c, argilla, potato, label_studio, prodigy, doccano, brat, docbin, webanno, conllu,
    conll, jsonl, table, html, text,
)}  # fmt: skip
"""In the order in which they are asked whether a file is theirs: the most particular first."""

WRITERS: Final[dict[str, Writer]] = {each.name: each for each in (
    gold, label_studio, prodigy, doccano, brat, docbin, webanno, cas, xmi, w3c, conllu, conll,
    tables, xlsx, tasks, huggingface,
)}  # fmt: skip

SETUPS: Final[dict[str, Setup]] = {
    docbin.name: Setup("config.cfg", lambda _scheme: docbin.config()),
    label_studio.name: Setup("labelling.xml", label_studio.config),
}
"""For the formats whose tool needs one beside the records; brat's and the data set's are in their archives."""

FORMATS: Final[dict[str, Format]] = {**READERS, **WRITERS}


def detect(head: bytes, name: str) -> Reader:
    """Return the format of a file by its first bytes, and by its name where they do not tell; raises Invalid."""
    for each in READERS.values():
        if each.sniff(head, name):
            return each
    raise Invalid(f"{name} is of no format that can be read; there are {', '.join(READERS)}. Choose one with --format.")


def reader(name: str) -> Reader:
    """Return a format that can be read; raises Invalid with those that exist."""
    if name not in READERS:
        raise Invalid(f"There is no format “{name}” to read; there are {', '.join(READERS)}.")
    return READERS[name]


def writer(name: str) -> Writer:
    """Return a format that can be written; raises Invalid with those that exist."""
    if name not in WRITERS:
        raise Invalid(f"There is no format “{name}” to write; there are {', '.join(WRITERS)}.")
    return WRITERS[name]


def setup(name: str) -> Setup:
    """Return what a format's tool must be told; raises Invalid with the formats that have such a file."""
    if name not in SETUPS:
        raise Invalid(f"The format “{name}” has no setup of its own; {' and '.join(SETUPS)} have one.")
    return SETUPS[name]


def records(paths: Iterable[str | Path], format: str | None = None, options: Options = PLAIN) -> Iterator[Record]:
    """Read everything under the paths, file by file, in a stated order and at any size."""
    chosen = reader(format) if format else None
    for opened in files(paths, options.limits):
        if isinstance(opened, Refused):
            yield Record("", "", opened)
            continue
        try:
            found = chosen or detect(opened.head, opened.name)
        except Invalid as problem:
            yield Record(opened.name, "", Refused(problem.sentence))
            continue
        for item in items(opened, found, options):
            yield Record(opened.name, found.name, item)


def items(opened: Opened, found: Reader, options: Options) -> Iterator[Document | Refused]:
    """Read an open file by its format: what it holds, reviewed by whom its archive says, or that it holds nothing."""
    told = replace(options, about=opened.about, beside=opened.beside)
    empty = True
    for number, item in enumerate(found.read(opened.source, opened.name, told), 1):
        empty = False
        checked = _checked(item, number, options) if isinstance(item, Document) else item
        yield replace(checked, review=opened.review) if opened.review and isinstance(checked, Document) else checked
    if empty:
        yield Refused(f"{opened.name} holds nothing that can be read as {found.title}.")


def _checked(document: Document, number: int, options: Options) -> Document | Refused:
    """Return a document, or that one of its readings is too large."""
    counts = (len(each.objects) for each in (document.layer, *(document.layers or ())))
    try:
        options.limits.check_spans(max(counts))
    except Invalid as problem:
        return Refused(f"record {number}: {problem.sentence}")
    return document
