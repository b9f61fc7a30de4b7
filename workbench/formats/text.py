"""Plain text: one file, one article, every character kept."""

from codecs import lookup
from collections.abc import Iterator
from typing import BinaryIO, Final

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.core.text import LONGEST
from workbench.formats import about
from workbench.formats.reading import PLAIN, Options

name: Final = "text"
title: Final = "Plain text"
suffixes: Final = (".txt", ".text")
direction: Final = "read"
loses: Final[frozenset[str]] = frozenset()

_USUAL: Final[tuple[str, ...]] = ("cp1252", "latin_1", "cp1250")
_OF_NO_FILE: Final = frozenset({"punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape"})
"""What Python knows as encodings that no page is in; the first takes hours over a long one."""
_UNSURE: Final = "save it as UTF-8, or name its encoding with --encoding NAME"


def sniff(head: bytes, name: str, /) -> bool:
    """Say whether the file is text by its name, or has none and holds no binary zeros."""
    last = name.rpartition("/")[2].lower()
    return last.endswith(suffixes) or ("." not in last and b"\0" not in head)


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read the file as one document; metadata comes from the sidecar."""
    try:
        text = decode(take(source), options.encoding)
        yield about.document(text, options.about, name)
    except Invalid as problem:
        yield Refused(problem.sentence)


def take(source: BinaryIO) -> bytes:
    """Return all bytes of a file that holds one article; raises Invalid where it is far too long."""
    most = 4 * LONGEST + 3
    raw = source.read(most + 1)
    if len(raw) > most:
        raise Invalid(f"The file is longer than one article may be ({LONGEST:,} characters).")
    return raw


def decode(raw: bytes, encoding: str | None = None) -> str:
    """Return the text of UTF-8 bytes or of the encoding that a person confirmed; raises Invalid with what it may be."""
    try:
        if lookup(encoding or "utf-8").name in _OF_NO_FILE:
            raise LookupError
        return raw.decode(encoding or "utf-8")
    except LookupError:
        raise Invalid(f"“{encoding}” is no known encoding; try utf-8, cp1252, latin-1 or utf-16.") from None
    except UnicodeDecodeError as problem:
        said = f"Byte {problem.start + 1:,} is not {(encoding or 'utf-8').upper()}"
        guess = detected(raw)
        if guess is None or guess == encoding:
            raise Invalid(f"{said}, and no other encoding fits well; {_UNSURE}.") from None
        raise Invalid(f"{said}; the file looks like {guess}. To confirm, add --encoding {guess}.") from None


def detected(raw: bytes) -> str | None:
    """Return the name of the encoding that the bytes seem to have, or None."""
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:200_000]).best()
    if best is None:
        return None
    usual = [each for each in _USUAL if each in best.could_be_from_charset]
    return next(iter(usual), best.encoding).replace("_", "-")
