"""Other people's labels for entities as those of a scheme: what was decided before, else what the name suggests."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from workbench.core.annotation import Entity, Layer
from workbench.core.scheme import Scheme

_SYNONYMS: Final[dict[str, tuple[str, ...]]] = {
    "PERSON": ("per", "pers", "people", "human", "politician"),
    "ORG": ("organization", "organisation", "company", "corporation", "institution", "agency", "corp"),
    "GPE": ("country", "city", "state", "nation", "town", "geopolitical", "geopoliticalentity", "place"),
    "LOC": ("location", "region", "geo", "geographical", "area"),
    "NORP": ("nationality", "nationalities", "religion", "ethnicity", "politicalparty", "party", "group"),
    "FAC": ("facility", "building", "site", "infrastructure"),
    "EVENT": ("evt", "eve"),
    "DATE": ("time", "datetime", "timex", "timex3", "duration"),
    "MONEY": ("amount", "currency", "price"),
    "ROLE": ("title", "position", "jobtitle", "function", "occupation"),
    "ALLIANCE": ("coalition", "bloc"),
    "FORCE": ("military", "militaryunit", "army", "troops"),
}
"""What others call a thing, by the usual name for it here; a scheme without that name is offered nothing."""

_INSTEAD: Final = {"LOC": "GPE", "GPE": "LOC", "FORCE": "ORG", "ALLIANCE": "ORG", "DATE": "TIME"}
"""Where a scheme lacks a label, the one that comes nearest."""


def _bare(name: str) -> str:
    name = name.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    name = name[2:] if name[:2] in {"B-", "I-"} else name
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def guess(theirs: str, scheme: Scheme) -> str | None:
    """Return the scheme's label that a foreign one most likely means; None where none comes near."""
    bare = _bare(theirs)
    names = {_bare(label.name): label.name for label in scheme.labels}
    titles = {_bare(label.title): label.name for label in scheme.labels}
    if found := names.get(bare) or titles.get(bare) or names.get(bare.removesuffix("s")):
        return found
    usual = next((ours for ours, others in _SYNONYMS.items() if bare in others or bare == ours.casefold()), None)
    return usual and (names.get(_bare(usual)) or names.get(_bare(_INSTEAD.get(usual, ""))))


@dataclass(frozen=True, slots=True)
class Labels:
    """What becomes of foreign labels: as decided, where nothing was decided as guessed; None is left out."""

    scheme: Scheme
    decided: Mapping[str, str | None]

    def of(self, theirs: str) -> str | None:
        """Return the scheme's label, or None for one that is left out."""
        return self.decided[theirs] if theirs in self.decided else guess(theirs, self.scheme)


def relabelled(layer: Layer, labels: Labels) -> tuple[Layer, int, tuple[Entity, ...]]:
    """Return a layer in the scheme's labels, how many entities changed theirs, and those that were left out."""
    kept, left, changed = [], [], 0
    for each in layer.entities:
        if (ours := labels.of(each.label)) is None:
            left.append(each)
            continue
        changed += ours != each.label
        kept.append(replace(each, label=ours))
    return replace(layer, entities=tuple(kept)), changed, tuple(left)
