"""INCEpTION's project archives: which of their files are read, and whose reading each holds."""

import re
from typing import Final

from workbench.core.annotation import Review
from workbench.core.errors import Invalid
from workbench.formats.addresses import named

_PROJECT: Final = re.compile(r"exportedproject.*\.json")
_ANNOTATED: Final = re.compile(r"(annotation|curation)/.+/((?!INITIAL_CAS)[^/]+)\.(?:tsv|xmi|json|zip)")


def is_project(names: list[str]) -> bool:
    """Say whether an archive with these members is a project."""
    return any(_PROJECT.fullmatch(name) for name in names)


def readable(names: list[str], archive: str) -> list[str]:
    """Return what was curated, then what was annotated; raises Invalid where nothing of it can be read."""
    if found := [name for name in names if _ANNOTATED.fullmatch(name)]:
        return sorted(found, key=lambda name: not name.startswith("curation/"))
    raise Invalid(
        f"{archive} is an INCEpTION project without annotations that can be read; "
        "export it again with WebAnno TSV, UIMA CAS JSON or XMI as its secondary format."
    )


def review(name: str) -> Review:
    """Return how far the reading in a member has come: what was curated is gold, what was annotated its annotator's."""
    found = _ANNOTATED.fullmatch(name)
    if found is None:
        return Review()
    return Review("gold") if found[1] == "curation" else Review("reviewed", (named(found[2]),))
