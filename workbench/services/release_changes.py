"""Two releases side by side: what changed, told as text or JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from html import escape
from typing import Any, Final, Literal

import msgspec
from sqlalchemy.orm import Session

from workbench.core.diff import Change, Summary, changes, merged
from workbench.core.errors import Invalid
from workbench.core.offsets import line_of
from workbench.core.record import Json
from workbench.core.words import many
from workbench.services import releases
from workbench.store import releases as kept
from workbench.store.releases import ReleaseRow

Shape = Literal["text", "json", "html"]
WITHOUT_WORDS: Final = "Compared without words, since one of the two leaves its texts out."


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed from one release to another: how much, which changes, and which of the files beside them.

    Where one of the two leaves its texts out, they are compared ``without_words``.
    """

    old: ReleaseRow
    new: ReleaseRow
    summary: Summary
    changes: list[Change]
    files: list[str]
    without_words: bool


def compare(session: Session, old: ReleaseRow, new: ReleaseRow, *, most: int | None = None) -> Compared:
    """Compare two releases of a project; everything is counted, ``most`` limits the changes that are kept."""
    summary = Summary()
    found: list[Change] = []
    about = [releases.manifest(session, each) for each in (old, new)]
    worded = [each["parameters"]["text"] for each in about]
    bare = worded[0] != worded[1]
    before_after = (_records(session, each, bare=bare and told) for each, told in zip((old, new), worded, strict=True))
    for before, after in merged(*before_after):
        here = changes(before, after)
        summary.add(here)
        found += here if most is None else here[: max(0, most - len(found))]
    first, second = (each["files"] for each in about)
    told = [name for name in ("scheme.json", "guidelines.md", "actors.jsonl") if first.get(name) != second.get(name)]
    return Compared(old, new, summary, found, told, bare)


def _records(session: Session, release: ReleaseRow, *, bare: bool) -> Iterator[tuple[str, Json]]:
    for row in kept.records(session, release.id):
        if sha256(row.line + (row.layers or b"")).hexdigest() != row.sha256:
            raise Invalid(f"The record {row.key} of {release.name} is not what was released.")
        yield row.key, msgspec.json.decode(line_of(row.line, None, bare=bare))


def render(found: Compared, shape: Shape) -> bytes:
    """Return a comparison as a text, as JSON or as one HTML page."""
    if shape == "json":
        return as_json(found)
    if shape == "html":
        return "".join(as_html(found)).encode()
    return "".join(f"{line}\n" for line in as_text(found)).encode()


def as_json(found: Compared) -> bytes:
    """Return a comparison as JSON: counts, then every change with the old and the new value of its slots."""
    rows = [dict(zip(("kind", "added", "removed", "changed"), row, strict=True)) for row in found.summary.rows()]
    whole: dict[str, Any] = {
        "from": found.old.name,
        "to": found.new.name,
        "articles": {"compared": found.summary.articles, "unchanged": found.summary.same},
        "counts": rows,
        "files_changed": found.files,
        "without_words": found.without_words,
        "changes": [asdict(each) for each in found.changes],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def as_text(found: Compared) -> Iterator[str]:
    """Yield a comparison line by line."""
    of = many(found.summary.articles, "article")
    yield f"{found.old.name} → {found.new.name}: {found.summary.same} of {of} unchanged"
    for kind, added, removed, changed in found.summary.rows():
        yield f"  {kind}: {added} added, {removed} removed, {changed} changed"
    for name in found.files:
        yield f"  {name} changed"
    if found.without_words:
        yield f"  {WITHOUT_WORDS}"
    article = None
    for each in found.changes:
        if each.article != article:
            article = each.article
            yield f"\n{article}"
        yield (
            f"  {each.what} {each.kind}"
            + (f" {each.id}" if each.id else "")
            + (f" “{each.quote}”" if each.quote else "")
        )
        for slot, (before, after) in each.slots.items():
            if each.what == "changed":
                yield f"    {slot}: {shown(before)} → {shown(after)}"


def shown(value: Any) -> str:
    """Return the value of a slot in a few words."""
    if isinstance(value, dict) and "start" in value:
        place = f"{value['start']}–{value['end']}"
        return f"“{value['text']}” ({place})" if value.get("text") else place
    if value is None or value == []:
        return "nothing"
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def as_html(found: Compared) -> Iterator[str]:
    """Yield a comparison as one HTML page that needs nothing else."""
    title = f"{escape(found.old.name)} → {escape(found.new.name)}"
    yield f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title>\n'
    yield "<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;"
    yield "max-width:60rem;padding:0 1rem}table{border-collapse:collapse}th,td{padding:.25rem .75rem;text-align:start;"
    yield "vertical-align:top;border-bottom:1px solid #8886;overflow-wrap:anywhere}</style>\n"
    yield f"<h1>{title}</h1>\n<p>{found.summary.same} of {many(found.summary.articles, 'article')} unchanged.</p>\n"
    yield from _rows(("", "added", "removed", "changed"), found.summary.rows())
    if found.files:
        yield f"<p>Changed beside the records: {escape(', '.join(found.files))}.</p>\n"
    if found.without_words:
        yield f"<p>{WITHOUT_WORDS}</p>\n"
    yield from _rows(
        ("article", "what", "quote", "slot", "before", "after"),
        (
            (each.article, f"{each.what} {each.kind} {each.id or ''}", each.quote or "", slot, shown(old), shown(new))
            for each in found.changes
            for slot, (old, new) in (each.slots or {"": ("", "")}).items()
        ),
    )


def _rows(heads: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    yield "<table><thead><tr>" + "".join(f"<th>{head}</th>" for head in heads) + "</tr></thead><tbody>\n"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>\n"
    yield "</tbody></table>\n"
