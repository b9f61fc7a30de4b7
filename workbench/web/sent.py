"""What a page sends beside plain fields: JSON of a known shape, and files that are texts."""

from typing import Final, TypeVar

import msgspec
from flask import request

from workbench.core.errors import Invalid, clause
from workbench.formats.reading import text_of

_LONGEST: Final = 4_000_000
_SHOWN: Final = 80
Sent = TypeVar("Sent")


def read(decoder: msgspec.json.Decoder[Sent], otherwise: str) -> Sent:
    """Return the JSON that a script sends; raises Invalid where it has another shape or is longer than any page's."""
    body = request.get_data()
    if len(body) > _LONGEST:
        raise Invalid(f"So much cannot be sent at once; send {_LONGEST // 1_000_000} MB at most.")
    try:
        return decoder.decode(body)
    except RecursionError:
        raise Invalid(f"{otherwise}: it is nested too deeply.") from None
    except ValueError as problem:
        raise Invalid(f"{otherwise}: {clause(problem)}.") from None


def text(field: str, most: int) -> str:
    """Return the text of the file that was chosen, else what the field holds; raises Invalid for a file that is none.

    Line ends are one sign, whatever the browser makes of them.
    """
    file = request.files.get("file")
    if not file or not file.filename:
        return request.form.get(field, "").replace("\r\n", "\n")
    return text_of(file.stream, file.filename[:_SHOWN], most).replace("\r\n", "\n")  # type: ignore[arg-type]
