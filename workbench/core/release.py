"""What a release says of itself: its counts, its licences and its manifest.

A release is a named snapshot of a project's gold. The manifest is a function of what is in it, and its
shape is published as ``exports/manifest.schema.json``.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from typing import Any, Final

from workbench.core.annotation import KINDS, PLURALS, Kind
from workbench.core.errors import Invalid
from workbench.core.record import Json

FORMAT: Final = "workbench/release"
VERSION: Final = 1
UNKNOWN: Final = "unknown"
RECORDS: Final = "gold.jsonl"
VOTES: Final = "votes.jsonl"
PARTS: Final = ("train.jsonl", "dev.jsonl", "test.jsonl")

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_COUNTED: Final[dict[Kind, tuple[str, ...]]] = {
    "entity": ("label", "actor"),
    "stance": ("target", "polarity"),
    "commitment": ("type", "status"),
}
_MOST_ACTORS: Final = 25


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a release is to be made; ``parts`` is None where only imported splits count."""

    licence: str = UNKNOWN
    parts: tuple[int, int, int] | None = (80, 10, 10)
    seed: str = "1"
    text: bool = True
    layers: bool = False
    names: bool = False

    def json(self) -> Json:
        """Return the parameters as the manifest lists them."""
        split = dict(zip(("train", "dev", "test"), self.parts, strict=True)) if self.parts else None
        return {
            "licence": self.licence,
            "split": split,
            "seed": self.seed,
            "text": self.text,
            "layers": self.layers,
            "names": self.names,
        }

    def forms(self) -> list[tuple[str, bool, bool]]:
        """List the forms in which the release may be taken out: name, with text, with layers."""
        texts, layered = ((True, False) if self.text else (False,)), ((False, True) if self.layers else (False,))
        return [(form(text=text, layers=layers), text, layers) for text, layers in product(texts, layered)]


def form(*, text: bool, layers: bool) -> str:
    """Return the name of a form: full, no-text, layers or layers-no-text."""
    return "-".join((["layers"] if layers else []) + ([] if text else ["no-text"])) or "full"


def check_name(name: str) -> str:
    """Return a name that can name a release, a file and an address; raises Invalid."""
    if not _NAME.fullmatch(name):
        raise Invalid(f"“{name}” cannot name a release: use letters, digits, dots, hyphens and _, at most 64.")
    return name


def licence_of(meta: Mapping[str, Any], otherwise: str) -> str:
    """Return an article's licence: what its import said, else the project's, else unknown."""
    said = next((meta[key] for key in ("licence", "license") if isinstance(meta.get(key), str)), "")
    return " ".join(said.split()) or " ".join(otherwise.split()) or UNKNOWN


@dataclass(slots=True)
class Sum:
    """The hash of a file that goes by."""

    hashed: Any = field(default_factory=sha256)
    size: int = 0
    lines: int = 0

    def add(self, line: bytes) -> None:
        """Take one more line in."""
        self.hashed.update(line + b"\n")
        self.size += len(line) + 1
        self.lines += 1

    def json(self) -> Json:
        """Return what the manifest says of the file."""
        return {"sha256": self.hashed.hexdigest(), "bytes": self.size, "records": self.lines}


@dataclass(slots=True)
class Tally:
    """What is counted while the records of a release go by."""

    articles: int = 0
    characters: int = 0
    sentences: int = 0
    clusters: set[str] = field(default_factory=set)
    published: list[str] = field(default_factory=list)
    of: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    suggesters: set[str] = field(default_factory=set)
    reviewers: set[str] = field(default_factory=set)
    adjudicated: int = 0

    def add(self, record: Json, licence: str) -> None:
        """Count one record; its text must be there."""
        self.articles += 1
        self.characters += len(record["text"])
        self.sentences += len(record["sentences"])
        self.clusters.add(record["cluster"] or record["id"])
        self._about(record, licence)
        for kind in KINDS:
            for item in record[PLURALS[kind]]:
                self._object(kind, item)

    def _about(self, record: Json, licence: str) -> None:
        if day := record["source"]["published"]:
            self.published = [min([day, *self.published]), max([day, *self.published])]
        review = record["review"]
        self.reviewers.update(review["reviewers"])
        self.adjudicated += review["adjudicator"] is not None
        self.of["reviews of an article"][str(len(review["reviewers"]))] += 1
        self.of["language"][record["language"]] += 1
        self.of["outlet"][record["source"]["outlet"] or UNKNOWN] += 1
        self.of["licence"][licence] += 1
        self.of["split"][record["split"] or "none"] += 1

    def _object(self, kind: Kind, item: Json) -> None:
        self.of["kind"][kind] += 1
        self.of["origin"][item["by"]["origin"]] += 1
        self.of["decided"][item["by"]["decided"] or "none"] += 1
        if item["by"]["suggester"]:
            self.suggesters.add(item["by"]["suggester"])
        for slot in _COUNTED[kind]:
            if item[slot] is not None:
                self.of[f"{kind} {slot}"][item[slot]] += 1

    def json(self) -> Json:
        """Return the counts as the manifest lists them, most frequent first."""
        by_kind = {
            PLURALS[kind]: {"all": self.of["kind"][kind]} | {slot: self._most(f"{kind} {slot}") for slot in slots}
            for kind, slots in _COUNTED.items()
        }
        about = ("split", "language", "outlet", "licence", "origin", "decided", "reviews of an article")
        return {
            "articles": self.articles,
            "clusters": len(self.clusters),
            "sentences": self.sentences,
            "characters": self.characters,
            "published": {"first": self.published[0], "last": self.published[-1]} if self.published else None,
            **by_kind,
            **{name.replace(" ", "_"): self._most(name) for name in about},
        }

    def _most(self, name: str) -> Json:
        rows = sorted(self.of[name].items(), key=lambda row: (-row[1], row[0]))
        return dict(rows[:_MOST_ACTORS] if name.endswith("actor") else rows)


def manifest(about: Json, tally: Tally, forms: Json, files: Json, agreement: Json | None) -> Json:
    """Return the manifest: what it is about, counts, agreement, and the hash of every file."""
    return {
        "format": FORMAT,
        "version": VERSION,
        **about,
        "counts": tally.json(),
        "reviewers": sorted(tally.reviewers),
        "adjudicated": tally.adjudicated,
        "agreement": agreement,
        "forms": forms,
        "files": files,
    }


def record_files(split: str | None) -> Iterator[str]:
    """Yield the files in which a record stands: all of them together, and its own part."""
    yield RECORDS
    if split:
        yield f"{split}.jsonl"


def licences(title: str, rows: list[tuple[str, str]]) -> str:
    """Return the file that names the licence of every article."""
    counts = Counter(licence for _, licence in rows)
    totals = [f"{licence}\t{count}" for licence, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))]
    return "\n".join([
        f"Licences of the articles in {title}",
        "",
        "What was said at the import, or else for the whole project; “unknown” means that nobody has said.",
        "",
        "licence\tarticles",
        *totals,
        "",
        "article\tlicence",
        *("\t".join(row) for row in rows),
        "",
    ])  # fmt: skip
