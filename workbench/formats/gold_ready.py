"""Gold records made ready to be kept; of those that are to the byte as we write them, no object is built on the way."""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from workbench.core import spread
from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.core.limits import Limits
from workbench.formats import gold
from workbench.formats.gold_shape import RecordShape
from workbench.formats.reading import each_record
from workbench.formats.ready import Reading, Ready, kept, mean, named, only_reader, readied


def read(source: BinaryIO, limits: Limits) -> Iterator[Document | Ready | Refused]:
    """Read one record a line."""
    return each_record(source, lambda line: _checked(ready(line), limits))


def ready(line: bytes) -> Ready:
    """Read one line; raises Invalid."""
    known = gold.as_we_write(line)
    if known is None or known.layers or not _sound(known):
        return readied(gold.loads(line))
    return kept(gold.bare(known), _reading(known), ())


def _checked(found: Ready, limits: Limits) -> Ready:
    limits.check_spans(max(each.objects for each in (found.reading, *found.others)))
    return found


def _sound(known: RecordShape) -> bool:
    """Say whether all that a record holds is fit to be stored as it is."""
    try:
        gold.check(known)
        return gold.in_order(known, known.text)
    except Invalid:
        return False


def _reading(known: RecordShape) -> Reading:
    bys = [each.by for each in known.entities if each.by]
    frames = [each.get("by") or {} for each in (*known.stances, *known.commitments)]
    scores = [*(by.score for by in bys), *(by.get("score") for by in frames)]
    names = (*(by.suggester for by in bys), *(by.get("suggester") for by in frames))
    body = {"entities": known.entities, "stances": known.stances, "commitments": known.commitments}
    return Reading(
        only_reader(known.review.state, known.review.reviewers) or next(filter(None, names), ""),
        known.review.state,
        msgspec.Raw(msgspec.json.encode(body)),
        len(bys) + len(frames),
        mean(scores),
        spread.stored(scores),
        named(known.entities),
    )
