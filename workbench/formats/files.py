"""Whatever was named on the command line or dropped in the browser, as open files in a stated order.

Folders are walked (sorted), patterns expanded, archives read in place and order. Hidden files, settings of
other tools, papers such as README or LICENSE and the home of a bench (with its key) are left out. Two kinds
of files are not handed out on their own: a ``metadata.jsonl`` or ``metadata.csv`` tells about its neighbours
(one row a file, by the key ``file``), and companions such as the text beside brat's ``.ann`` travel with the
file that needs them.
"""

import glob
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeGuard

from workbench.core.annotation import Review
from workbench.core.errors import Invalid, Refused
from workbench.core.limits import Limits
from workbench.core.strict import as_object, parse
from workbench.formats import inception, table
from workbench.formats.archive import Archive, unpacked
from workbench.formats.folders import Open, is_bench, listed, opener, size, walked
from workbench.formats.reading import HEAD, lines
from workbench.formats.text import take

SIDECARS: Final = ("metadata.jsonl", "metadata.csv")
_COMPANIONS: Final = {".ann": ".txt", ".jsonld": ".txt", ".w3c.json": ".txt", ".xmi": ".xml"}
"""The file that goes with another of the same name: by the suffix of that which is read, the suffix of the other."""

_TYPES: Final = "TypeSystem.xml"
"""What tells the types of all XMI files in its folder."""

_SETTINGS: Final = frozenset({
    "annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf", "typesystem.xml", "__macosx",
})  # fmt: skip

_PAPERS: Final = frozenset({"readme", "license", "licence", "notice", "copying", "changelog"})
_HIDDEN: Final = re.compile(r"\.(?!\.)")
_LONGEST_NAME: Final = 1000

USUAL: Final = Limits()


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file: its name below what was asked for, its first bytes, and what goes with it.

    ``review`` says whose reading it holds, where the archive tells.
    """

    name: str
    source: BinaryIO
    head: bytes
    about: Mapping[str, Any]
    beside: Mapping[str, bytes]
    review: Review | None = None


def files(paths: Iterable[str | Path], limits: Limits = USUAL) -> Iterator[Opened | Refused]:
    """Open one file after the other; each is closed when the next is asked for.

    Raises Invalid for a path that does not exist and for an archive that cannot be read.
    """
    seen: set[Path] = set()
    named = [found for each in paths for found in _expanded(str(each))]
    for (kind, root), group in groupby(named, _root):
        if kind == "archive":
            with unpacked(root, root.name, limits) as archive:
                yield from _members(archive)
        else:
            known = walked(root) if kind == "folder" else listed(root)
            wanted = known if kind == "folder" else [each.name for each in group]
            for each in _each([each for each in wanted if _new(root / each, seen)], opener(root), frozenset(known)):
                yield from _below(root / each.name, each, limits) if _packed(each) else (each,)


def weight(paths: Iterable[str | Path]) -> int:
    """Return how many bytes everything under the paths has; raises Invalid for a path that does not exist."""
    named = [found for each in paths for found in _expanded(str(each))]
    return sum(size(each) for each in named)


def _members(archive: Archive) -> Iterator[Opened | Refused]:
    """Open what an archive holds; of an INCEpTION project what was curated and annotated."""
    names = archive.names()
    project = inception.is_project(names)
    wanted = inception.readable(names, archive.name) if project else names
    for each in _each(wanted, archive.open, frozenset(names), f"{archive.name}/"):
        if isinstance(each, Refused):
            yield each
            continue
        told = replace(each, review=inception.review(each.name)) if project else each
        yield from _nested(told, archive) if _packed(told) else (told,)


def _below(path: Path, outer: Opened, limits: Limits) -> Iterator[Opened | Refused]:
    """Open what an archive in a folder holds; one that cannot be read is refused, and the next file is read."""
    try:
        with unpacked(path, outer.name, limits) as archive:
            for each in _members(archive):
                yield replace(each, name=f"{outer.name}/{each.name}") if isinstance(each, Opened) else each
    except Invalid as problem:
        yield problem if isinstance(problem, Refused) else Refused(problem.sentence)


def _packed(opened: Opened | Refused) -> TypeGuard[Opened]:
    return isinstance(opened, Opened) and opened.name.lower().endswith(".zip") and opened.head.startswith(b"PK")


def _nested(outer: Opened, archive: Archive) -> Iterator[Opened | Refused]:
    """Open what an archive within an archive holds, as INCEpTION packs one annotator's reading; none within that."""
    try:
        limits = replace(archive.limits, unpacked=archive.left)
        with unpacked(io.BytesIO(outer.source.read()), outer.name, limits) as inner:
            names = inner.names()
            for each in _each(names, inner.open, frozenset(names), f"{outer.name}/"):
                if isinstance(each, Opened):
                    yield replace(each, name=f"{outer.name}/{each.name}", review=outer.review)
                else:
                    yield each
                archive.left = inner.left
    except Invalid as problem:
        yield problem if isinstance(problem, Refused) else Refused(problem.sentence)


def _root(path: Path) -> tuple[str, Path]:
    """Return what kind of thing was named and the place from which its files are named."""
    if path.is_dir():
        if is_bench(path):
            raise Invalid(f"{path} is the home of a bench, with its database and its key; name the folder of articles.")
        return "folder", path
    return ("archive", path) if path.suffix.lower() == ".zip" else ("files", path.parent)


def _expanded(path: str) -> list[Path]:
    """Return the path itself, or what a pattern stands for; raises Invalid where there is nothing."""
    if Path(path).exists():
        return [Path(path)]
    if glob.has_magic(path):
        if found := sorted(glob.glob(path, recursive=True)):  # noqa: PTH207 - pathlib takes no absolute pattern
            return [Path(each) for each in found]
        raise Invalid(f"No file fits the pattern {path}.")
    raise Invalid(f"There is no file or folder {path}.")


def _new(path: Path, seen: set[Path]) -> bool:
    real = path.resolve()
    return real not in seen and not seen.add(real)  # type: ignore[func-returns-value]


def _each(names: list[str], opened: Open, known: frozenset[str], within: str = "") -> Iterator[Opened | Refused]:
    told: dict[str, dict[str, Mapping[str, Any]]] = {}
    for name in names:
        folder, _, last = name.rpartition("/")
        if _aside(name, known):
            continue
        if len(name) > _LONGEST_NAME or not name.isprintable():
            yield Refused(
                f"{within}{ascii(name[:80])[1:-1]}… has a name with control characters or of more than "
                f"{_LONGEST_NAME:,} characters; rename it."
            )
            continue
        if folder not in told:
            told[folder] = _told(folder, opened, known, within)
        try:
            with opened(name) as source:
                head = source.peek(HEAD)[:HEAD] if isinstance(source, io.BufferedReader) else b""
                beside = _companions(name, opened, known)
                row = told[folder].get(last) or next(filter(None, map(told[folder].get, _beside(last))), {})
                yield Opened(name, source, head, row, beside)
        except Refused as problem:
            yield problem


def _aside(name: str, known: frozenset[str]) -> bool:
    """Say whether a file is hidden, a setting, a sidecar or another file's companion."""
    parts = name.lower().split("/")
    if any(_HIDDEN.match(part) or part in _SETTINGS for part in parts) or parts[-1] in SIDECARS:
        return True
    if parts[-1].split(".")[0] in _PAPERS:
        return True
    return any(
        name.endswith(follow) and name.removesuffix(follow) + lead in known for lead, follow in _COMPANIONS.items()
    )


def _companions(name: str, opened: Open, known: frozenset[str]) -> dict[str, bytes]:
    found = {}
    for beside in _beside(name):
        if beside in known:
            with opened(beside) as source:
                found[f".{beside.rpartition('.')[2]}"] = take(source)
    types = f"{name.rpartition('/')[0]}/{_TYPES}".lstrip("/")
    if name.endswith(".xmi") and types in known:
        with opened(types) as source:
            found[_TYPES] = take(source)
    return found


def _beside(name: str) -> list[str]:
    """Return what the files would be named that go with this one: a sidecar may name those."""
    return [name.removesuffix(lead) + follow for lead, follow in _COMPANIONS.items() if name.endswith(lead)]


def _told(folder: str, opened: Open, known: frozenset[str], within: str) -> dict[str, Mapping[str, Any]]:
    """Read the sidecars of a folder: what they say, by file name."""
    found: dict[str, Mapping[str, Any]] = {}
    for sidecar in SIDECARS:
        name = f"{folder}/{sidecar}" if folder else sidecar
        if name in known:
            with opened(name) as source:
                for line, row in _sidecar_rows(source, within + name):
                    if not isinstance(file := row.pop("file", None), str) or not file:
                        raise Invalid(
                            f"{within}{name}, line {line}: each row needs the key “file” with the name of a neighbour."
                        )
                    found[file] = row
    return found


def _sidecar_rows(source: BinaryIO, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    if name.endswith(".csv"):
        for line, row in table.rows(source, name):
            if isinstance(row, Refused):
                raise Invalid(f"{name}, {row.sentence}")
            yield line, {key: value for key, value in row.items() if value}
        return
    for line, raw in lines(source):
        try:
            yield line, as_object(parse(raw))
        except Invalid as problem:
            raise Invalid(f"{name}, line {line}: {problem.sentence}") from None
