"""What the shipped rules propose for a text, in a few words; what is learned has tests of its own."""

from functools import cache
from typing import Any

from workbench.core.actors import shipped
from workbench.core.annotation import Document, Frame, Region, Span
from workbench.core.scheme import parse
from workbench.nlp.pipeline import SpacySuggester, load
from workbench.settings import resource_root


@cache
def suggester() -> SpacySuggester:
    """Load the default pipeline without what is learned, once for all tests."""
    seeds = resource_root() / "seeds"
    scheme = parse((seeds / "schemes" / "coalition.toml").read_text("utf-8"))
    found = load(None, scheme, shipped(seeds / "actors"))
    found.nlp.disable_pipe("workbench_learned")
    return found


def frames(text: str, kind: str, regions: tuple[Region, ...] = ()) -> list[Frame]:
    """List the proposals of one kind."""
    [layer] = suggester().suggest([Document(text=text, regions=regions)])
    return list(layer.commitments if kind == "commitment" else layer.stances)


def commitments(text: str) -> set[tuple[Any, ...]]:
    """Return actor, type and status of all proposed commitments."""
    return {(each.slots["actor"], each.slots["type"], each.slots["status"]) for each in frames(text, "commitment")}


def stances(text: str) -> set[tuple[Any, ...]]:
    """Return holder, target and polarity of all proposed stances."""
    return {(each.slots["holder"], each.slots["target"], each.slots["polarity"]) for each in frames(text, "stance")}


def slot(text: str, name: str, kind: str = "commitment") -> Any:
    """Return one slot of the only proposal of a kind, a span by its words."""
    [frame] = frames(text, kind)
    value = frame.slots.get(name)
    return text[value.start : value.end] if isinstance(value, Span) else value
