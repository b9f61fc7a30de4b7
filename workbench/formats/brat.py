"""brat's standoff: the text in one file, what is said about it in another beside it.

Stances and commitments go out as events: the evidence is the trigger, spans are its arguments, and a note on the
event holds the other slots. Of what comes in, discontinuous spans become one that covers them, and other
tools' events, relations, attributes and notes are kept in ``meta``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Final, Literal, NamedTuple

import msgspec

from workbench.core.annotation import Document, Entity, Frame, Object, Span, Value, layer_of
from workbench.core.errors import Invalid, Refused
from workbench.core.record import SPANS, WITH_ID
from workbench.formats import about
from workbench.formats.foreign import ADDED, Found, entities_of, keeping, row_of, safe_names, word
from workbench.formats.losses import RECORD
from workbench.formats.packing import Packed
from workbench.formats.reading import PLAIN, Options
from workbench.formats.text import decode, take
from workbench.formats.units import Mark, Units, same

name: Final = "brat"
title: Final = "brat standoff (ZIP of .txt and .ann)"
suffixes: Final = (".zip", ".ann")
direction: Final = "both"
loses: Final = RECORD | {"provenance", "object ids"}

_FLAGS: Final = ("glued", "credit", "boilerplate")
_REGISTRY: Final = "Actors:"
_KINDS: Final[dict[str, Literal["stance", "commitment"]]] = {"Stance": "stance", "Commitment": "commitment"}


def sniff(head: bytes, name: str, /) -> bool:
    """Say whether the file is an annotation file by its name; nothing else begins with letters and is named so."""
    return name.lower().endswith(".ann") and head.lstrip()[:1] not in {b"{", b"[", b"<"}


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document: the annotations, and the text that lies beside them."""
    try:
        if ".txt" not in options.beside:
            raise Invalid(f"The text of {name} is missing: put the .txt of the same name beside it.")
        text = decode(options.beside[".txt"], options.encoding)
        file = None if "filename" in options.about else f"{name.removesuffix('.ann')}.txt"
        document = about.document(text, options.about, file)
        yield _over(document, _lines(decode(take(source))), Units(options.unit))
    except Invalid as problem:
        yield problem if isinstance(problem, Refused) else Refused(problem.sentence)


class _Line(NamedTuple):
    """An annotation: its id, its kind, what it is about, and the text at the end of the line."""

    id: str
    kind: str
    of: list[str]
    rest: str


def _lines(said: str) -> list[_Line]:
    found = []
    for number, line in enumerate(said.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        id, _, more = line.removesuffix("\r").partition("\t")
        what, _, rest = more.partition("\t")
        kind, *of = what.split(" ")
        if not id or id[0] not in "TREAMN#*" or not kind or not (of or id[0] == "E"):
            raise Refused("The line is no brat annotation.", number)
        if id[0] == "T" and not re.fullmatch(r"\d{1,18} \d{1,18}(?:;\d{1,18} \d{1,18})*", " ".join(of)):
            raise Refused("The line has no offsets.", number)
        found.append(_Line(id, kind, of, rest))
    return found


def _over(document: Document, lines: list[_Line], units: Units) -> Document:
    """Lay the annotations over the document."""
    texts = [line for line in lines if line.id[0] == "T"]
    notes = {line.of[0]: line.rest for line in lines if line.id[0] == "#" and line.kind == "Slots"}
    said: dict[str, dict[str, _Line]] = {}
    for line in lines:
        if line.id[0] in "AN#":
            said.setdefault(line.of[0], {}).setdefault(line.id[0] + line.kind, line)
    entities, left = entities_of(document.text, [_found(line, said.get(line.id, {})) for line in texts], units)
    torn = [line for line in texts if len(line.of) > 2]
    false = {line.id for line in torn if not _reads(line, document.text, Units(left["unit"] or units.usual))}
    left["unplaced"] += [row_of(_found(line, {})) for line in torn if line.id in false]
    entities = [each for each in entities if each.id not in false]
    places = {each.id: each.span for each in entities}
    events = {line.id: line for line in lines if line.id[0] == "E"}
    frames = {id: _frame(line, notes[id], places) for id, line in events.items() if id in notes}
    used = {part.partition(":")[2] for id in frames for part in (events[id].kind, *events[id].of)}
    objects: list[Object] = [*(each for each in entities if each.id not in used), *frames.values()]
    known = {"NReference", "#Actor", "#Slots", *(f"A{flag.title()}" for flag in _FLAGS)}
    used |= {line.id for each in said.values() for key, line in each.items() if key in known}
    kept = {
        **left,
        "discontinuous": [_shown(line) for line in torn],
        "events": [_shown(line) for id, line in events.items() if id not in frames],
        "relations": [_shown(line) for line in lines if line.id[0] in "R*"],
        "attributes": [_shown(line) for line in lines if line.id[0] in "AMN#" and line.id not in used],
    }
    return keeping(document.carrying(layer_of("", objects)), kept)


def _shown(line: _Line) -> str:
    return "\t".join((line.id, " ".join((line.kind, *line.of)), line.rest))


def _reads(line: _Line, text: str, units: Units) -> bool:
    """Say whether the parts of a torn span read together as its quote."""
    pairs = [each.split() for each in " ".join(line.of).split(";")]
    _, places = units.place(text, [Mark(int(start), int(end)) for start, end in pairs])
    said = " ".join(text[slice(*place.span)] for place in places if place.span)
    return not line.rest or same(said, line.rest)


def _found(line: _Line, said: Mapping[str, _Line]) -> Found:
    numbers = [int(each) for each in re.findall(r"\d+", " ".join(line.of))]
    quote = line.rest if line.rest and len(numbers) == 2 else None
    reference, note = said.get("NReference"), said.get("#Actor")
    actor = (reference or note or line).rest if reference or note else None
    actor_id = " ".join(reference.of[1:]).removeprefix(_REGISTRY) if reference else None
    flags = tuple(flag for flag in (each[1:].lower() for each in said if each[0] == "A") if flag in _FLAGS)
    mark = Mark(numbers[0], numbers[-1], quote)
    return Found(mark, line.kind, line.id, ADDED, actor or None, actor_id or None, flags)


def _frame(event: _Line, note: str, places: dict[str, Span]) -> Frame:
    """Build a stance or commitment from an event of ours; raises Invalid where it was broken."""
    name, _, trigger = event.kind.partition(":")
    try:
        said = msgspec.json.decode(note.encode(), type=dict[str, str | bool | None])
        spans = {role: places[of] for role, _, of in (each.partition(":") for each in event.of)}
        ids = {slot: word(said.pop(f"{slot}_id", None)) for slot in (WITH_ID[_KINDS[name]],)}
        slots: dict[str, Value] = {**said, **{role[:1].lower() + role[1:]: span for role, span in spans.items()}}
        return Frame(_KINDS[name], event.id, {**slots, "evidence": places[trigger]}, ids, ADDED)
    except (KeyError, msgspec.DecodeError):
        raise Invalid(f"The event {event.id} is no {name.lower()} as Workbench writes it.") from None


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write an archive: two files a document, what is known of them, and the configuration."""
    labels: set[str] = set()
    known = []
    with Packed(out) as packed:
        for name, document in safe_names(documents):
            packed.add(f"{name}.txt", document.text)
            packed.add(f"{name}.ann", "".join(f"{line}\n" for line in _written(document)))
            labels.update(_plain(each.label) for each in document.layer.entities)
            row = about.row(document)
            row = {"file": f"{name}.txt", "filename": row.pop("file", None), **row}
            known.append(msgspec.json.encode(row) + b"\n")
        packed.add("metadata.jsonl", b"".join(known))
        packed.add("annotation.conf", _configuration(labels))


class _Sheet:
    """An annotation file being written: its lines are numbered by kind."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._numbers: Counter[str] = Counter()

    def line(self, kind: str, what: str, rest: str = "") -> tuple[str, str]:
        """Return the id of a new line, and the line."""
        self._numbers[kind] += 1
        id = f"{kind}{self._numbers[kind]}"
        return id, f"{id}\t{what}\t{rest}" if rest or kind in "TN" else f"{id}\t{what}"

    def span(self, label: str, span: Span) -> tuple[str, str]:
        """Return the id of a new span, and its line."""
        quote = re.sub(r"[\r\n\t]", " ", self._text[span.start : span.end])
        return self.line("T", f"{_plain(label)} {span.start} {span.end}", quote)

    def entity(self, entity: Entity) -> Iterator[str]:
        """Yield the lines of an entity: where, whom it names, its flags."""
        id, line = self.span(entity.label, entity.span)
        yield line
        if entity.actor_id:
            yield self.line("N", f"Reference {id} {_REGISTRY}{entity.actor_id}", entity.actor or "")[1]
        elif entity.actor:
            yield self.line("#", f"Actor {id}", entity.actor)[1]
        for flag in entity.flags:
            yield self.line("A", f"{flag.title()} {id}")[1]

    def frame(self, frame: Frame) -> Iterator[str]:
        """Yield the lines of a stance or commitment: its spans, the event, and a note with its other slots."""
        name = frame.kind.title()
        trigger, line = self.span(name, frame.span)
        yield line
        event = f"{name}:{trigger}"
        said: dict[str, object] = {f"{slot}_id": value for slot, value in frame.ids.items() if value}
        for slot, value in sorted(frame.slots.items()):
            if not isinstance(value, Span):
                said[slot] = value
            elif slot != "evidence":
                id, line = self.span(slot, value)
                yield line
                event += f" {slot[:1].upper()}{slot[1:]}:{id}"
        id, line = self.line("E", event)
        yield line
        yield self.line("#", f"Slots {id}", msgspec.json.encode(said).decode())[1]


def _written(document: Document) -> Iterator[str]:
    sheet = _Sheet(document.text)
    for entity in document.layer.entities:
        yield from sheet.entity(entity)
    for frame in (*document.layer.stances, *document.layer.commitments):
        yield from sheet.frame(frame)


def _plain(label: str) -> str:
    return re.sub(r"\s", "_", label)


def _configuration(labels: Iterable[str]) -> str:
    entities = [*sorted(labels), *_KINDS, *(slot for slot in sorted(SPANS) if slot != "evidence")]
    roles = ", ".join(f"{slot.title()}?:{slot}" for slot in sorted(SPANS) if slot != "evidence")
    return "\n".join(
        [
            "[entities]", *entities, "", "[relations]", "", "[events]", *(f"{kind}\t{roles}" for kind in _KINDS), "",
            "[attributes]", *(f"{flag.title()}\tArg:<ENTITY>" for flag in _FLAGS), "",
        ]
    )  # fmt: skip
