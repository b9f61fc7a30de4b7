"""Reading the parts: prose with its mentions in brackets, and the frames that quote it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from workbench.core.annotation import By, Entity, Frame, Object, Span, Value
from workbench.core.errors import Invalid
from workbench.core.record import SPANS
from workbench.core.scheme import Scheme

LABELS: Final = {
    "P": "PERSON", "G": "GPE", "N": "NORP", "O": "ORG", "A": "ALLIANCE", "F": "FORCE", "B": "FAC", "L": "LOC",
    "E": "EVENT", "D": "DATE", "M": "MONEY", "R": "ROLE", "Q": "QUANTITY", "W": "WEAPON",
}  # fmt: skip
NAMELESS: Final = frozenset({"FAC", "DATE", "MONEY", "QUANTITY", "WEAPON", "LOC"})
SHORT: Final = {
    "q": "quantity", "m": "amount", "t": "timeframe", "if": "condition", "b": "beneficiary", "by": "sought_by",
    "sp": "speaker", "ta": "target_actor", "tt": "target_text",
}  # fmt: skip
WORDS: Final[dict[str, tuple[str, Value]]] = {
    "dir": ("attribution", "direct"), "ind": ("attribution", "indirect"), "neg": ("negated", True),
    "hed": ("hedged", True), "par": ("partial", True), "joint": ("joint_amount", True),
    "firm": ("strength", "firm"), "soft": ("strength", "soft"),
}  # fmt: skip
PROVIDED: Final = "security_guarantee"
_MENTION: Final = re.compile(r"\[([^\[\]|]+)\|([A-Z])(?:>([^\[\]!]*))?((?:![a-z]+)*)\]")
_GAP: Final = " .. "
PLAIN: Final = ("wire", "broadsheet")
SIGNS: Final = ("+ ", "c ", "s ", "r ", "! ")


@dataclass
class Passage:
    """One passage as it was written, and what became of it."""

    id: str
    register: str
    tags: list[str]
    file: str
    text: str = ""
    objects: list[Object] = field(default_factory=list)
    alts: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    regions: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    source: dict[str, Any] = field(default_factory=dict)

    def fresh(self, letter: str) -> str:
        """Return the next id of a kind."""
        return f"{letter}{sum(item.id[0] == letter for item in self.objects) + 1}"


class Names:
    """The canonical names that passages may use, their ids, and the surfaces that stand for them by default."""

    def __init__(self, source: str) -> None:
        self.surfaces: dict[str, str] = {}
        self.ids: dict[str, str | None] = {}
        for line in source.splitlines():
            name, number, *rest = line.split(" | ")
            self.ids[name] = None if number == "-" else number
            self.surfaces.update(dict.fromkeys([name, *", ".join(rest).split(", ")], name))


def find(text: str, quote: str, inside: Span | None = None) -> Span:
    """Find a quote, ``first .. last`` where the middle is left out, ``#2`` for its second occurrence."""
    quote, _, nth = quote.partition(" #")
    first, _, last = quote.partition(_GAP)
    plain = re.escape(first)
    whole = rf"(?<!\w){plain}" + r"(?!\w)" * first[-1].isalnum()
    starts = [match.start() for match in re.finditer(whole, text)]
    starts = starts or [match.start() for match in re.finditer(plain, text)]
    if inside:
        starts = [start for start in starts if inside.start <= start < inside.end] or starts
    if not starts or (len(starts) > 1 and not nth) or int(nth or 1) > len(starts):
        raise Invalid(f"“{quote}” occurs {len(starts)} times")
    start = starts[int(nth or 1) - 1]
    if not last:
        return Span(start, start + len(first))
    end = re.compile(re.escape(last) + r"(?!\w)" * last[-1].isalnum()).search(text, start + len(first))
    if not end:
        raise Invalid(f"“{last}” does not follow “{first}”")
    return Span(start, end.end())


def read(path: Path) -> Iterator[tuple[Passage, str, list[str]]]:
    """Yield the passages of a part with their text and the lines of annotation that follow it."""
    for block in re.split(r"^@ ", path.read_text(), flags=re.MULTILINE)[1:]:
        head, *lines = [line for line in block.rstrip().split("\n") if not line.startswith("//")]
        name, register, *tags = head.split()
        notes = [line for line in lines if line.startswith(SIGNS)]
        prose = lines[: len(lines) - len(notes)]
        yield Passage(name, register, tags, path.name), "\n".join(prose).rstrip(), notes


def mark_up(passage: Passage, prose: str, names: Names) -> None:
    """Take the markup out of the text and keep it as entities."""
    found, last = [], 0
    for match in _MENTION.finditer(prose):
        passage.text += prose[last : match.start()]
        start, last = len(passage.text), match.end()
        passage.text += match[1]
        found.append((start, match[1], LABELS.get(match[2], match[2]), match[3], tuple(match[4].split("!")[1:])))
    passage.text += prose[last:]
    for start, surface, label, given, _ in found:
        if label == "PERSON":
            whole = given or next((name for name in passage.people if surface in name.split()), surface)
            passage.people.setdefault(whole, whole)
            passage.people[f"@{start}"] = whole
    for start, surface, label, given, flags in found:
        if given is not None or label in NAMELESS:
            actor = given or (names.surfaces.get(surface) if given is None and label == "LOC" else None)
        elif label == "PERSON":
            actor = passage.people[f"@{start}"]
        elif label == "ROLE":
            near = [one for one in found if one[2] == "PERSON"]
            holder = min(near, key=lambda one: abs(one[0] - start), default=None)
            actor = passage.people[f"@{holder[0]}"] if holder else None
        else:
            actor = names.surfaces.get(surface)
        if actor is None and given is None and label not in NAMELESS:
            passage.problems.append(f"nothing says who [{surface}] is")
        end = start + len(surface)
        passage.objects.append(
            Entity(passage.fresh("e"), start, end, label, actor, names.ids.get(actor or ""), flags, By("added"))
        )


def options(passage: Passage, line: str, evidence: Span) -> tuple[dict[str, Value], dict[str, list[str]]]:
    """Read the last field of a frame: slots, flags and other readings."""
    slots: dict[str, Value] = {}
    alt: dict[str, list[str]] = {}
    for part in filter(None, (each.strip() for each in line.split(";"))):
        key, equals, value = part.partition("=")
        name = SHORT.get(key, key)
        if not equals:
            slots.update([WORDS[part]])
        elif key.startswith("alt."):
            alt[key[4:]] = value.split(",")
        elif name in SPANS:
            slots[name] = find(passage.text, value, evidence)
        else:
            slots[name] = value
    if slots.get("speaker"):
        slots.setdefault("attribution", "indirect")
    slots.setdefault("attribution", "narrator")
    return slots, alt


def frames(passage: Passage, line: str, scheme: Scheme, names: Names) -> None:
    """Read one line of annotation: ``c`` commitment, ``s`` stance, ``+`` both, ``r`` a request and its stance."""
    sign, who, what, quote, *rest = [line[0], *(part.strip() for part in line[2:].split(" | "))]
    evidence = find(passage.text, quote)
    slots, alt = options(passage, rest[0] if rest else "", evidence)
    slots["evidence"] = evidence
    who, _, behalf = who.partition("/")
    kind, value = [*what.split(), "requested"][:2] if sign != "s" else what.rsplit(" ", 1)
    holder, target = str(slots.pop("h", who)), slots.pop("g", None)

    def add(shape: Any, own: dict[str, Value]) -> None:
        named = "actor" if shape == "commitment" else "holder"
        allowed = {slot.name for slot in scheme.slots(shape)}
        values = {name: value for name, value in ({**slots, **own}).items() if name in allowed and value}
        frame = Frame(shape, passage.fresh(shape[0]), values, {named: names.ids.get(str(own[named]))}, By("added"))
        if any(replace(item, id=frame.id) == frame for item in passage.objects):
            return  # one evidence, two types of contribution, but one position
        passage.objects.append(frame)
        passage.alts[frame.id] = {name: values for name, values in alt.items() if name in allowed}

    if sign != "s":
        add("commitment", {"actor": who, "type": kind, "status": value})
    if sign == "s":
        principal = behalf.strip("-") or (None if who in passage.people else who)
        add("stance", {"holder": who, "on_behalf_of": principal, "target": kind, "polarity": value})
    elif sign in "+r":
        asked = sign == "r"
        party = str(slots["sought_by"]) if asked else who
        stance: dict[str, Value] = {
            "holder": (holder if holder != who else party) if asked else holder,
            "on_behalf_of": party,
            "target": target or scheme.pairs.target.get(kind, scheme.pairs.otherwise),
            "polarity": "supports" if asked else scheme.pairs.polarity[value],
            "target_actor": who if asked or kind == PROVIDED else slots.get("target_actor"),
        }
        add("stance", stance)
