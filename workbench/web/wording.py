"""What questions of agreement are called on pages."""

from typing import Final

WORDS: Final = {
    "units": "Entities as stretches, edges and all",
    "entities": "Entities, token by token",
    "linking": "Actors of entities",
    "commitments.status": "Commitments: status",
    "commitments.type": "Commitments: type",
    "stances.polarity": "Stances: polarity",
    "stances.target": "Stances: target",
}


def title_of(question: str) -> str:
    """Return what a question is called, such as ``entities.GPE``."""
    thing, _, what = question.partition(".")
    thing = {"units": "Stretches"}.get(thing, thing)
    return WORDS.get(question) or (f"{thing.capitalize()}: {what.replace('_', ' ')}" if what else thing.capitalize())
