"""Who is meant by an @name in what somebody wrote."""

from collections.abc import Iterable

from workbench.core.words import folded


def mentioned(body: str, names: Iterable[str]) -> list[str]:
    """Return the names that stand behind an @, each once; the longest that fits counts, upper and lower case alike."""
    known = sorted(names, key=len, reverse=True)
    said = folded(body)
    found: list[str] = []
    at = said.find("@")
    while at >= 0:
        free = at == 0 or not said[at - 1].isalnum()
        name = next((each for each in known if free and _stands(said, at + 1, folded(each))), None)
        if name and name not in found:
            found.append(name)
        at = said.find("@", at + 1)
    return found


def _stands(text: str, start: int, name: str) -> bool:
    end = start + len(name)
    return text.startswith(name, start) and not text[end : end + 1].isalnum()
