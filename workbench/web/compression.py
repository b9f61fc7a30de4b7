"""Static text goes out compressed: each file once, for as long as the process lives.

Comments of our own scripts and styles stay at home; their line breaks go along, so that the lines
that a browser names in a trace are those of the source.

Pages are not compressed here, since what they hold beside a secret must not shape their length
(the BREACH attack); a server in front may do it for those that hold none.
"""

import gzip
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from flask import Flask, Response, current_app, request

_TEXT: Final = {".css", ".js", ".json", ".svg"}
COMMENTS: Final = {
    ".css": re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*$", re.MULTILINE | re.DOTALL),
    ".js": re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*$|//[^\n]*$)", re.MULTILINE | re.DOTALL),
}


def install(app: Flask) -> None:
    """Compress static text for browsers that read it."""
    app.after_request(_smaller)


def _smaller(response: Response) -> Response:
    if request.endpoint != "static" or response.status_code != 200:
        return response
    path = Path(current_app.static_folder or "") / (request.view_args or {})["filename"]
    if path.suffix in _TEXT:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] > 0 and "Range" not in request.headers:
            response.direct_passthrough = False
            response.set_data(_packed(path))
            response.content_encoding = "gzip"
    return response


@lru_cache(maxsize=512)
def _packed(path: Path) -> bytes:
    raw = path.read_bytes()
    comment = None if "vendor" in path.parts else COMMENTS.get(path.suffix)
    return gzip.compress(bare(raw.decode(), comment).encode() if comment else raw, 9, mtime=0)


def bare(text: str, comment: re.Pattern[str]) -> str:
    """Leave out comments that have lines to themselves, unless a template literal may be open there."""
    kept, at, ticks = [], 0, 0
    for found in comment.finditer(text):
        before = text[at : found.start()]
        ticks += before.count("`")
        kept += [before, found[0] if ticks % 2 else "\n" * found[0].count("\n")]
        at = found.end()
    ticks += text.count("`", at)
    return text if ticks % 2 else "".join([*kept, text[at:]])
