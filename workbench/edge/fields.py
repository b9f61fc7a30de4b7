"""What a form says, or the JSON object that a script sends in its place."""

from typing import Final

from flask import request

from workbench.core.errors import Invalid

_LONGEST: Final = 18


def whole(said: str) -> int | None:
    """Return the number that plain digits say; None for anything else, and for more than a database holds."""
    said = said.strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _LONGEST else None


def texts(*names: str) -> list[str]:
    """Return texts by their names; one that is not there is empty. Raises Invalid for what is no text."""
    if not request.is_json:
        return [request.form.get(name, "") for name in names]
    said = request.get_json()
    given = [said.get(name, "") for name in names] if isinstance(said, dict) else []
    found = [each for each in given if isinstance(each, str) and "\x00" not in each]
    if len(found) < len(names):
        raise Invalid(f"Send a JSON object; {' and '.join(names)} {'are texts' if len(names) > 1 else 'is a text'}.")
    return found
