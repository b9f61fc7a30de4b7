"""Taking data out: records as they are now, and releases."""

from collections.abc import Iterator
from dataclasses import asdict
from tempfile import TemporaryFile
from typing import IO

import msgspec
from flask import Response

from workbench.api import paging
from workbench.api.calls import Answer, Call, operation
from workbench.api.shapes.articles import JobRef
from workbench.api.shapes.base import Done, Paged
from workbench.api.shapes.review import Reason
from workbench.api.shapes.settling import (
    Changes,
    Checked,
    ExportQuery,
    NewRelease,
    Release,
    ReleaseFileQuery,
    Releases,
    ReleaseTold,
    Since,
    Words,
    WordsWish,
)
from workbench.core import splits
from workbench.core.errors import Invalid
from workbench.core.release import Wishes, check_name
from workbench.formats import writer
from workbench.services import jobs, news, release_changes, release_checks, release_files, releases

RELEASE = "/projects/<slug>/releases/<name>"
JSONL = "application/jsonl"
BYTES = "application/octet-stream"


@operation(
    "GET", "/projects/<slug>/export", tag="releases", act="export", query=ExportQuery, sends=(JSONL, BYTES)
)  # fmt: skip
def export(call: Call) -> Response:
    """Stream records by key; with `since` only the gold that is newer than a release, a time or a turn.

    Of a turn (`@0` to begin), `Workbench-Next` tells the one to ask with next: nothing is missed, nothing comes twice.
    The records are made whole before the first byte leaves, so what arrives complete is complete.
    """
    asked = call.query
    fmt = writer(asked.format)
    if asked.since and asked.state != "gold":
        raise Invalid("`since` goes with the state gold alone; leave one of them out.")
    gone: list[str] = []
    file = TemporaryFile()  # noqa: SIM115 - closed when it is sent
    with news.seen(call.database, call.project.slug, asked.since, call.by) as (now, turn):
        names = releases.names(now, call.project) if asked.names else None
        if asked.since:
            found, gone = news.changed(now, call.project, asked.since, names=names, by=call.by, turn=turn)
            fmt.write(found, file)
        else:
            releases.write(now, call.project, asked.state, fmt, file, names=names, by=call.by)
    response = _sent(
        file, f"{call.project.slug}-{asked.state}{fmt.suffixes[0]}", JSONL if fmt.name == "gold" else BYTES
    )
    if turn is not None:
        response.headers["Workbench-Next"] = f"@{turn}"
    if gone:
        response.headers["Workbench-No-Longer-Gold"] = ",".join(gone[:200])
    return response


def _sent(file: IO[bytes], name: str, kind: str) -> Response:
    size = file.tell()
    file.seek(0)

    def chunks() -> Iterator[bytes]:
        with file:
            yield from iter(lambda: file.read(65_536), b"")

    response = Response(chunks(), mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.content_length = size
    return response


@operation("GET", "/projects/<slug>/releases", tag="releases", act="export", query=Paged, told=Releases)
def list_releases(call: Call) -> Releases:
    """List releases, newest first."""
    asked, before = call.query, paging.after(call.query.after) or None
    rows, onward = paging.page(
        releases.listing(call.session, call.project, before=before, limit=asked.limit + 1), asked.limit
    )  # fmt: skip
    return Releases(items=[Release.model_validate(row) for row in rows], next=onward)


@operation(
    "POST", "/projects/<slug>/releases", tag="releases", act="settle", body=NewRelease, told=JobRef, status=202
)  # fmt: skip
def create_release(call: Call) -> JobRef:
    """Have a worker make a release: an immutable, hashed snapshot of the gold."""
    wish = call.body
    name, parts = check_name(wish.name), splits.shares(wish.split) if wish.split else None
    if releases.there(call.session, call.project, name):
        raise Invalid(f"There is a release {name} already; releases never change, so choose another name.")
    wishes = Wishes(wish.licence, parts, wish.seed, text=wish.text, layers=wish.layers)
    payload = {"project": call.project.slug, "name": name, "wishes": asdict(wishes), "by": call.by.id}
    return JobRef(job=jobs.ask(call.session, call.project, "release", payload, by=call.by, now=call.now))


@operation("GET", RELEASE, tag="releases", act="export", told=ReleaseTold)
def release(call: Call) -> ReleaseTold:
    """Tell about a release, with its manifest."""
    row = releases.find(call.session, call.project, call.path["name"])
    told = Release.model_validate(row).model_dump()
    return ReleaseTold(**told, manifest=releases.manifest(call.session, row))


@operation("GET", f"{RELEASE}/verify", tag="releases", act="export", told=Checked)
def verify_release(call: Call) -> Checked:
    """Check every byte of a release against its manifest."""
    row = releases.find(call.session, call.project, call.path["name"])
    found = release_checks.stored(call.session, call.project, row)
    problems = list(found.problems)
    return Checked(release=found.release, records=found.records, problems=problems, withdrawn=found.withdrawn or None)


@operation("GET", f"{RELEASE}/changes", tag="releases", act="export", query=Since, told=Changes)
def release_diff(call: Call) -> Changes:
    """Tell what changed since another release, object by object."""
    old, new = (releases.find(call.session, call.project, each) for each in (call.query.since, call.path["name"]))
    found = release_changes.as_json(release_changes.compare(call.session, old, new))
    return Changes(changes=msgspec.json.decode(found))


@operation("GET", f"{RELEASE}/file", tag="releases", act="export", query=ReleaseFileQuery, sends=("application/zip",))
def release_zip(call: Call) -> Response:
    """Send a release as a ZIP."""
    asked = call.query
    row = releases.find(call.session, call.project, call.path["name"])
    file = TemporaryFile()  # noqa: SIM115 - closed when it is sent
    wanted = release_files.Wanted(text=asked.text, layers=asked.layers, format=asked.format)
    release_files.write_zip(call.session, call.project, row, file, wanted)
    file.seek(0, 2)
    return _sent(file, f"{call.project.slug}-{row.name}.zip", "application/zip")


@operation("POST", f"{RELEASE}/withdraw", tag="releases", act="settle", body=Reason, told=Done)
def withdraw_release(call: Call) -> Done:
    """Record that a release should no longer be used, and why; it stays where it is."""
    releases.withdraw(
        call.session, call.project, call.path["name"], call.body.reason, by=call.by, now=call.now,
        webhooks=call.settings.webhooks,
    )  # fmt: skip
    return Done()


@operation("GET", "/projects/<slug>/data-sheet", tag="releases", act="export", told=Words)
def words(call: Call) -> Answer:
    """Tell what people have written for the data sheets of coming releases."""
    kept = releases.words(call.session, call.project)
    return Answer(Words(version=kept.version, words=dict(kept.body)), etag=f"words-{kept.version}")


@operation(
    "PUT", "/projects/<slug>/data-sheet", tag="releases", act="settle", body=WordsWish, told=Words, matched=True
)  # fmt: skip
def change_words(call: Call) -> Words:
    """Keep other words for data sheets; releases that are made already keep theirs."""
    seen = releases.words(call.session, call.project).version
    call.seen(f"words-{seen}")
    releases.change_words(call.session, call.project, call.body.model_dump(), seen=seen, by=call.by, now=call.now)
    kept = releases.words(call.session, call.project)
    return Words(version=kept.version, words=dict(kept.body))
