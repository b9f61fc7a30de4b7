"""Static text goes out compressed and as small as it can be: each file once, for as long as the process lives.

Pages are not compressed here, since what they hold beside a secret must not shape their length
(the BREACH attack); a server in front may do it for those that hold none.
"""

import gzip
from functools import lru_cache
from pathlib import Path
from typing import Final

from flask import Flask, Response, current_app, request

from workbench.web import bundles

_TEXT: Final = {".css", ".js", ".json", ".svg"}


def install(app: Flask) -> None:
    """Compress static text for browsers that read it."""
    app.after_request(_smaller)


def compressed() -> bool:
    """Say whether the browser reads compressed text and wants the whole of it."""
    return request.accept_encodings["gzip"] > 0 and "Range" not in request.headers


def _smaller(response: Response) -> Response:
    if request.endpoint != "static" or response.status_code != 200:
        return response
    name = (request.view_args or {})["filename"]
    if Path(name).suffix in _TEXT:
        response.vary.add("Accept-Encoding")
        if compressed():
            response.direct_passthrough = False
            response.set_data(_packed(Path(current_app.static_folder or ""), name))
            response.content_encoding = "gzip"
    return response


@lru_cache(maxsize=512)
def _packed(static: Path, name: str) -> bytes:
    path = static / name
    if name.startswith("vendor/"):
        text = path.read_text("utf-8")
    elif path.suffix == ".js":
        text = bundles.script(static, name)
    else:
        text = bundles.style(path) if path.suffix == ".css" else path.read_text("utf-8")
    return gzip.compress(text.encode(), 9, mtime=0)
