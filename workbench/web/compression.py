"""Static text goes out compressed: each file once, for as long as the process lives.

Pages are not compressed here, since what they hold beside a secret must not shape their length
(the BREACH attack); a server in front may do it for those that hold none.
"""

import gzip
from functools import lru_cache
from pathlib import Path
from typing import Final

from flask import Flask, Response, current_app, request

_TEXT: Final = {".css", ".js", ".json", ".svg"}


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
    return gzip.compress(path.read_bytes(), 9, mtime=0)
