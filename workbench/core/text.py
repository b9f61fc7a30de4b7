"""The text of an article: what may be stored, and how it is cut into pieces.

Every offset is half-open and counts Unicode code points of the stored text. The pieces are pure
functions of the text, so they are never stored and never stale: the browser and the server agree
on tokens as long as they agree on the text's hash and on ``TOKENISER``.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Final

from workbench.core.errors import Invalid

Piece = tuple[int, int]

TOKENISER: Final = "wb1"
LONGEST: Final = 1_000_000
AGENCIES: Final = "AFP|EPA|Reuters|Getty|Alamy|PA|AP"

_TOKEN: Final = re.compile(
    rf"""
    \[/?\w+\]                                   # page debris such as [/caption]
    | [’'‘](?:s|t|re|ve|ll|d|m)\b          # a possessive or contraction, also with U+2018
    | (?:{AGENCIES})(?=[A-Z][a-z]|\b)           # a credit glued to the caption that it precedes
    | (?:[A-Z]\.){{2,}}                         # U.S., U.N.
    | \d+(?:[.,:]\d+)*
    | (?:                                         # a word, up to a glued credit
        (?!(?<=[a-z])(?:{AGENCIES})\b)[^\W\d_]
        | [\u0300-\u036f\u00ad\u200d]
        | (?<=\b[A-Za-z])[’'](?=[A-Z])             # O’Brien, Côte d’Ivoire
      )+
    | \s+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_PARAGRAPH: Final = re.compile(r"[^\r\n\u2028\u2029]+")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Rev|Hon|St|Jr|Sr|No|vs|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx|est|Inc|Ltd|Co|Corp)|\b[A-Za-z]|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
_STOP: Final = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s++[^\s\w]*[A-Z0-9À-ÞŁŚŽŠČĐ£€$])")
"""Whole runs are taken or left, so a text made to harm takes no longer than another."""
_ENDS_ANYWAY: Final = re.compile(r"(?:[ap]\.m|U\.[SKN]|D\.C)\.$")
_BEFORE: Final = 24
"""How much of what stands before a stop is looked at: no abbreviation is longer."""
_STARTER: Final = re.compile(
    r"\s+[\"'“‘(\[]*(?:The|A|An|He|She|It|They|We|But|And|In|On|At|That|This|However|His|Her|Their|Mr|Mrs|Ms)\b"
)


def accept(raw: str) -> str:
    """Return the text as it will be stored: without a leading byte order mark, otherwise untouched.

    Raises Invalid for what no engine can keep: U+0000, lone surrogates, nothing but white space.
    """
    text = raw.removeprefix("\ufeff")
    if (nul := text.find("\0")) >= 0:
        raise Invalid(f"The text holds a NUL character at {nul}; remove it, then import again.")
    try:
        text.encode()
    except UnicodeEncodeError as problem:
        raise Invalid(f"The text holds half a character (a lone surrogate) at {problem.start}.") from None
    if len(text) > LONGEST:
        raise Invalid(f"The text has {len(text):,} characters; the most that one article may have is {LONGEST:,}.")
    if not text.strip():
        raise Invalid("The text is empty.")
    return text


def digest(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def tokens(text: str) -> list[Piece]:
    """Cut the text into tokens: words, numbers, single signs; white space belongs to none."""
    return [match.span() for match in _TOKEN.finditer(text) if not match[0].isspace()]


def paragraphs(text: str) -> list[Piece]:
    """Cut the text at line ends of every kind, leaving out blank lines."""
    return [match.span() for match in _PARAGRAPH.finditer(text) if not match[0].isspace()]


def sentences(text: str) -> list[Piece]:
    """Cut each paragraph into sentences, edges free of white space."""
    found = []
    for first, last in paragraphs(text):
        cuts = [first, *(first + cut for cut in _sentence_ends(text[first:last])), last]
        for start, end in pairwise(cuts):
            piece = text[start:end]
            trimmed = (start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))
            if trimmed[0] < trimmed[1]:
                found.append(trimmed)
    return found


def _sentence_ends(paragraph: str) -> list[int]:
    ends = []
    for stop in _STOP.finditer(paragraph):
        last = stop.start() + len(stop[0].rstrip("\"'”’)]"))
        before = paragraph[max(0, last - _BEFORE) : last]
        if _ENDS_ANYWAY.search(before):
            if _STARTER.match(paragraph, stop.end()):
                ends.append(stop.end())
        elif not _ABBREVIATION.search(before):
            ends.append(stop.end())
    return ends


def snap(pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int] | None:
    """Return the range ``[first, last)`` of pieces that the stretch touches, or None if it touches none."""
    first = bisect_right(pieces, start, key=lambda piece: piece[1])
    last = bisect_left(pieces, end, key=lambda piece: piece[0])
    return (first, last) if first < last else None


def around(text: str, start: int, end: int, width: int = 80) -> tuple[str, str, str]:
    """Return what stands before a stretch, the stretch and what follows, cut to about ``width`` code points at words.

    An ellipsis stands where more is left out.
    """
    before, after = text[max(0, start - width) : start], text[end : end + width]
    if start > width:
        before = "…" + (before.partition(" ")[2] or before)
    if end + width < len(text):
        after = (after.rpartition(" ")[0] or after) + "…"
    return before, text[start:end], after


def utf16(text: str) -> int:
    """Return the text's length in UTF-16 code units: what a browser counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
