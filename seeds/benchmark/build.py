"""Build the benchmark's records from its parts: ``python seeds/benchmark/build.py [--counts]``.

The authoring format is told in README.md. Whatever is wrong is listed with its passage, all at once.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from workbench.core.annotation import By, Entity, Frame, Object, Span, Value, layer_of
from workbench.core.errors import Invalid
from workbench.core.record import SPANS, layer_json
from workbench.core.scheme import Scheme, parse
from workbench.core.text import digest, sentences

HERE: Final = Path(__file__).parent
SEEDS: Final = HERE.parent
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


def check(passage: Passage, scheme: Scheme, names: Names) -> None:
    """Look for what the scheme forbids and for names that nobody knows."""
    known = names.ids.keys() | passage.people.keys()
    for item in passage.objects:
        passage.problems += [f"{item.id}: {problem}" for problem in scheme.problems(item)]
        actors = [item.actor] if isinstance(item, Entity) else _actors(item, scheme)
        passage.problems += [f"{item.id}: who is “{name}”?" for name in actors if name and name not in known]
    spans = sorted(item.span for item in passage.objects if isinstance(item, Entity))
    passage.problems += [f"{two} overlaps" for one, two in pairwise(spans) if two.start < one.end]


def _actors(frame: Frame, scheme: Scheme) -> list[str | None]:
    found = [frame.actor(slot.name) for slot in scheme.slots(frame.kind) if slot.kind == "actor"]
    target = frame.actor("target") or ""
    return [*found, target.partition(":")[2] if target.startswith("actor:") else None]


def doubts(passage: Passage, scheme: Scheme) -> Iterator[str]:
    """Say where the dual rule (scheme, section 5) does not hold between frames on one evidence."""
    for one in passage.objects:
        for two in passage.objects:
            if isinstance(one, Frame) and isinstance(two, Frame) and (one.kind, two.kind) == ("commitment", "stance"):
                same = one.span.overlap(two.span) >= 0.99 and two.actor("on_behalf_of") == one.actor("actor")
                wanted = scheme.pairs.polarity.get(one.actor("status") or "")
                if same and wanted and two.actor("polarity") != wanted:
                    yield f"{one.id} is {one.actor('status')}, but {two.id} {two.actor('polarity')}"


def assign(passages: list[Passage]) -> dict[str, str]:
    """Halve each construction, or each register that is neither wire nor broadsheet.

    Pairs in the order of writing; a hash says which one of a pair is for tuning, so what is appended moves nothing.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for passage in passages:
        groups[passage.tags[0] if passage.register in PLAIN or "article" in passage.tags else passage.register].append(
            passage.id
        )
    split = {}
    for ids in groups.values():
        for n, one in enumerate(ids):
            flip = sha256(ids[n - n % 2].encode()).digest()[0] % 2
            split[one] = ("dev", "test")[(n + flip) % 2]
    return split


def record(passage: Passage, split: str) -> dict[str, Any]:
    """Return the passage in the shape of the gold record, with other readings beside each frame."""
    rows = layer_json(layer_of("gold", passage.objects), passage.text)
    for row in (*rows["stances"], *rows["commitments"]):
        row["alt"] = passage.alts[row["id"]]
    return {
        "format": "workbench/gold",
        "version": 1,
        "id": passage.id,
        "project": "benchmark",
        "release": None,
        "title": passage.source.get("title") or passage.id,
        "text": passage.text,
        "text_sha256": digest(passage.text),
        "language": "en",
        "source": {key: passage.source.get(key) for key in ("outlet", "url", "author", "published")}
        | {"file": passage.source.get("file") or passage.file},
        "meta": {"register": passage.register, "constructions": passage.tags},
        "cluster": passage.id,
        "split": split,
        "regions": passage.regions,
        "sentences": [list(each) for each in sentences(passage.text)],
        **rows,
        "review": {"state": "gold", "reviewers": ["lead"], "adjudicator": None, "agreement": None, "guideline": 9},
    }


def passages_of(folder: Path, scheme: Scheme, names: Names) -> list[Passage]:
    """Read every part of a folder in the order of the names."""
    found = []
    about = (SEEDS / "articles" / "metadata.jsonl").read_text().splitlines()
    metadata = {row["file"]: row for row in map(json.loads, about)}
    for path in sorted(folder.glob("*.txt")):
        for passage, prose, notes in read(path):
            mark_up(passage, prose, names)
            for line in notes:
                try:
                    if line[0] == "!":
                        kind, quote = line[2:].split(" | ")
                        passage.regions.append({**find(passage.text, quote)._asdict(), "kind": kind})
                    else:
                        frames(passage, line, scheme, names)
                except (Invalid, ValueError, KeyError) as problem:
                    passage.problems.append(f"{problem!s} in: {line}")
            check(passage, scheme, names)
            if (article := SEEDS / "articles" / f"{passage.id}.txt").exists():
                whole = article.read_text()
                passage.problems += [] if passage.text == whole.rstrip() else ["the article reads otherwise"]
                passage.text, passage.source = whole, metadata[article.name]
            found.append(passage)
    twice = [name for name, n in Counter(passage.id for passage in found).items() if n > 1]
    if twice:
        raise Invalid(f"Two passages have the id {', '.join(twice)}.")
    return found


def built() -> tuple[dict[str, str], list[str]]:
    """Return the files by name, and the warnings; raises Invalid with everything that is wrong."""
    scheme = parse((SEEDS / "schemes" / "coalition.toml").read_text())
    names = Names((HERE / "names.txt").read_text())
    files, wrong, warned = {}, [], []
    for folder, prefix in (("parts", ""), ("articles", "articles-")):
        passages = passages_of(HERE / folder, scheme, names)
        split = assign(passages)
        for passage in passages:
            wrong += [f"{passage.file} {passage.id}: {problem}" for problem in passage.problems]
            warned += [f"{passage.file} {passage.id}: {doubt}" for doubt in doubts(passage, scheme)]
        for half in ("dev", "test"):
            rows = [record(passage, half) for passage in passages if split[passage.id] == half]
            lines = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
            if lines:
                files[f"{prefix}{half}.jsonl"] = lines
    if wrong:
        raise Invalid("\n".join(wrong))
    return files, warned


def counts(files: dict[str, str]) -> str:
    """Return a Markdown table of what each file holds."""
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    readers: list[tuple[str, Callable[[dict[str, Any]], list[str]]]] = [
        ("", lambda row: ["records", *(["no frame"] if not row["stances"] + row["commitments"] else [])]),
        ("", lambda row: [kind for kind in ("entities", "stances", "commitments") for _ in row[kind]]),
        ("register ", lambda row: [row["meta"]["register"]]),
        ("label ", lambda row: [each["label"] for each in row["entities"]]),
        ("type ", lambda row: [each["type"] for each in row["commitments"]]),
        ("status ", lambda row: [each["status"] for each in row["commitments"]]),
        ("target ", lambda row: [each["target"].partition(":")[0] for each in row["stances"]]),
        ("polarity ", lambda row: [each["polarity"] for each in row["stances"]]),
    ]
    for name, lines in files.items():
        for prefix, reader in readers:
            found = Counter(value for line in lines.splitlines() for value in reader(json.loads(line)))
            for value, n in sorted(found.items()):
                rows[prefix + value][name] = n
    order = [row for prefix, _ in readers[1:] for row in rows if row.startswith(prefix) and (prefix or " " not in row)]
    order = list(dict.fromkeys(["records", "no frame", *order]))
    table = [f"| {row} | " + " | ".join(str(rows[row].get(name, 0)) for name in files) + " |" for row in order]
    return "\n".join(["|  | " + " | ".join(files) + " |", "|---" * (len(files) + 1) + "|", *table])


def main() -> int:
    """Write the files, or say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", action="store_true", help="print the table of counts")
    given = parser.parse_args()
    try:
        files, warned = built()
    except Invalid as problem:
        sys.stderr.write(f"{problem.sentence}\n")
        return 1
    for name, lines in files.items():
        (HERE / name).write_text(lines)
    sys.stderr.writelines(f"doubtful: {doubt}\n" for doubt in warned)
    if given.counts:
        sys.stdout.write(f"{counts(files)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
