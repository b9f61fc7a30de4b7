"""A look at files before anything is kept: what each is, what it brings, and what about it is doubtful."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from textwrap import shorten
from typing import Any, Final

import msgspec

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.core.labels import Labels
from workbench.core.scheme import Scheme
from workbench.core.text import digest
from workbench.formats import Reader
from workbench.formats.files import Opened
from workbench.formats.label_studio_tasks import UNNAMED
from workbench.formats.losses import FOREIGN, carried
from workbench.formats.parser import Parsed, held
from workbench.formats.reading import Options
from workbench.store import movein
from workbench.store.engine import Database

CHUNK: Final = 200
MOST_FILES: Final = 100
MOST_LABELS: Final = 200
MOST_DOUBTS: Final = 20
LONGEST_NAME: Final = 120
UNSURE: Final = "records whose offsets may count something else"
_NO_LOSS: Final = frozenset({"moved", "unplaced", "pseudonyms"})
_UTF16: Final = frozenset({"label_studio", "webanno", "cas", "xmi"})
_TOKENS: Final = frozenset({"conll", "conllu", "docbin"})


@dataclass(slots=True)
class Found:
    """What one file brings: counts, foreign labels, what only ``meta`` can hold, and doubts with examples."""

    file: str
    format: str = ""
    title: str = ""
    records: int = 0
    refused: int = 0
    annotated: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    frames: Counter[str] = field(default_factory=Counter)
    attributes: Counter[str] = field(default_factory=Counter)
    losses: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    suggesters: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    more: int = 0

    def doubt(self, what: str, example: str, times: int = 1) -> None:
        """Count a doubt, and keep the first few in words."""
        self.doubts[what] += times
        if len(self.examples) < MOST_DOUBTS:
            self.examples.append(example)

    def add(self, other: "Found") -> None:
        """Count another file's findings in."""
        self.more += 1
        for name in ("records", "refused", "annotated"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("labels", "frames", "attributes", "losses", "doubts", "units", "suggesters"):
            getattr(self, name).update(getattr(other, name))
        self.examples += other.examples[: MOST_DOUBTS - len(self.examples)]


@dataclass(frozen=True, slots=True)
class Look:
    """What all files bring; those beyond the first hundred are counted together."""

    files: list[Found]
    labels: list[tuple[str, int, str | None]]
    records: int
    objects: int

    def row(self) -> dict[str, Any]:
        """Return it as it is stored."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found


def look(
    database: Database,
    project_id: int,
    files: Iterable[Opened | Parsed | Refused],
    scheme: Scheme,
    *,
    format: Reader | None,
    options: Options,
    progress: Callable[[int], None] = lambda done: None,
) -> Look:
    """Read files to their end without keeping anything; ``progress`` hears how many records were read."""
    with database.reading() as session:
        labels = Labels(scheme, movein.mapping(session, project_id))
    listed: list[Found] = []
    rest = Found("", title="further files")
    seen: dict[str, str] = {}
    read = 0
    for opened in files:
        found = Found("" if isinstance(opened, Refused) else opened.name)
        for chunk in _chunks(_records(opened, found, format, options)):
            with database.reading() as session:
                known = movein.known(session, project_id, [digest(each.text) for each in chunk])
            for document in chunk:
                _count(found, document, scheme, known, seen)
            read += len(chunk)
            progress(read)
        listed.append(found) if len(listed) < MOST_FILES else rest.add(found)
    if rest.more:
        listed.append(rest)
    counted = sum((each.labels for each in listed), Counter())
    rows = [(name, count, labels.of(name)) for name, count in counted.most_common(MOST_LABELS)]
    objects = sum(counted.values()) + sum(sum(each.frames.values()) for each in listed)
    return Look(listed, rows, sum(each.records for each in listed), objects)


def _records(
    opened: Opened | Parsed | Refused, found: Found, format: Reader | None, options: Options
) -> Iterator[Document]:
    if isinstance(opened, Refused):
        _refused(found, opened)
        return
    try:
        coming = held(opened, format, options)
        found.format, found.title = coming.format, coming.title
        for each in coming.items:
            if isinstance(each, Document):
                yield each
            elif isinstance(each, Refused):
                _refused(found, each)
    except Invalid as problem:
        _refused(found, problem)


def _refused(found: Found, problem: Invalid) -> None:
    found.refused += 1
    found.doubt("records that cannot be used", str(problem))


def _chunks(records: Iterator[Document]) -> Iterator[list[Document]]:
    while chunk := list(islice(records, CHUNK)):
        yield chunk


def _count(
    found: Found, document: Document, scheme: Scheme, known: dict[str, tuple[str, bool]], seen: dict[str, str]
) -> None:
    sha256 = digest(document.text)
    found.records += 1
    if sha256 in known:
        key, gold = known[sha256]
        found.doubt("texts that are in the project already", f"{key} is here already{', with gold' if gold else ''}")
    elif sha256 in seen:
        found.doubt(
            "texts that come twice", f"“{shorten(document.text, 60, placeholder=' …')}” of {seen[sha256] or 'a file'}"
        )
    seen.setdefault(sha256, found.file)
    layer = document.layer
    found.annotated += bool(layer.objects)
    found.labels.update(each.label for each in layer.entities)
    found.frames.update(f"{each.kind}s" for each in (*layer.stances, *layer.commitments))
    _attributes(found, document)
    for frame in (*layer.stances, *layer.commitments):
        for problem in scheme.problems(frame):
            found.doubt("values that the scheme does not list", problem)
    if layer.objects:
        found.units[_unit(document, found.format)] += 1
    if may_be := _told(document).get("unit_or"):
        example = shorten(document.text, 60, placeholder=" …")
        named = [document.text[each.start : each.end] for each in layer.entities[:3]]
        now = f"; now it names “{'”, “'.join(named)}”" if named else ""
        found.doubt(UNSURE, f"“{example}” reads as well in {may_be}{now}")
    _foreign(found, document)


def _attributes(found: Found, document: Document) -> None:
    for each in document.layer.objects:
        found.attributes["scores"] += each.by.score is not None
        proposed = each.by.origin == "suggested" and document.review.state == "suggested"
        found.suggesters[(proposed and each.by.suggester) or ""] += 1
    found.attributes["actors"] += sum(bool(each.actor) for each in document.layer.entities)
    found.attributes["single reviewers' readings"] += len(document.layers or ())
    found.attributes = +found.attributes


def unsure(files: Iterable[Mapping[str, Any]]) -> int:
    """Return of how many records nothing decides what their offsets count."""
    return sum(each["doubts"].get(UNSURE, 0) for each in files)


def suggester(files: Iterable[Mapping[str, Any]]) -> str:
    """Return under which name annotations may come in: the model that proposed them all, else the format's."""
    annotated = [each for each in files if each["annotated"]]
    names = {name for each in annotated for name in each.get("suggesters", {"": 1})}
    named = " ".join(names.pop().split())[:LONGEST_NAME].rstrip() if len(names) == 1 else ""
    return named if named not in {"", UNNAMED} else f"{annotated[0]['format'] if annotated else 'import'}@1"


def _foreign(found: Found, document: Document) -> None:
    counted = carried(document)
    found.losses.update({name: count for name, count in counted.items() if name not in _NO_LOSS})
    rows = _told(document)
    for name in rows.get("pseudonyms") or ():
        found.doubt("e-mail addresses of annotators", f"one is left out, and its owner is called {name}")
    for name, what, said in (
        ("moved", "spans whose offsets and quotes differ", "was moved to its quote"),
        ("unplaced", "spans without a place in the text", "is left out"),
    ):
        for each in rows.get(name) or ():
            found.doubt(what, f"{each.get('label')} “{each.get('text') or ''}” at {each.get('start')} {said}")


def _unit(document: Document, format: str) -> str:
    """Say in a few words what a record's offsets count, and how that was decided."""
    kept = _told(document)
    if kept.get("unit"):
        return f"{kept['unit']}, {'as was told' if kept.get('unit_told') else 'told by quotes and the edges of words'}"
    if format == "gold":
        return "code points, by the contract; every quote was checked"
    if format in _TOKENS:
        return "tokens, as the file has them"
    usual = "UTF-16 units" if format in _UTF16 else "code points"
    if kept.get("unit_or"):
        return f"{usual}, as is usual in the format; nothing in the file decides"
    if document.text.isascii():
        return f"{usual}, as the format says; in plain ASCII all units read alike"
    return f"{usual}, as quotes and the edges of words bear out"


def _told(document: Document) -> Mapping[str, Any]:
    """Return what a foreign file said that only ``meta`` could take."""
    kept = document.meta.get(FOREIGN)
    return kept if isinstance(kept, Mapping) else {}
