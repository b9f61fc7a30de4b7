"""CoNLL-U: tokens in ten columns, entities as brackets in MISC (``Entity=``) or as tags in a column of CoNLL-U Plus.

The text comes back to the character where the tokens say which spaces follow them (``SpaceAfter``,
``SpacesAfter``); we write them so. What is known of an article beside its text goes into a comment. Entities are
read from brackets, from tags in MISC (``NER=``, as Stanza writes) and from columns named NE or NER; other columns are
left out, and named. What stands on empty nodes alone has no place in the text and is kept apart.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

import msgspec

from workbench.core.annotation import Document, Span
from workbench.core.errors import Invalid, Refused
from workbench.core.strict import as_object, parse
from workbench.formats import about
from workbench.formats.conll import TAG, spans
from workbench.formats.conllu_brackets import Brackets, Opened
from workbench.formats.foreign import UNLABELLED, Found, reading
from workbench.formats.losses import RECORD, trimmed
from workbench.formats.reading import PLAIN, Options, lines_with_blanks
from workbench.formats.tokens import sentences
from workbench.formats.units import Mark, Units

name: Final = "conllu"
title: Final = "CoNLL-U"
suffixes: Final = (".conllu", ".conllup")
direction: Final = "both"
loses: Final = RECORD | {"edges", "stances", "commitments", "provenance", "object ids", "actors", "flags"}

_ROW: Final = re.compile(rb"^\d+(?:-\d+|\.\d+)?\t[^\t\n]+\t", re.MULTILINE)
_TAGS: Final = frozenset({"NE", "NER", "ner", "ne"})
_IDS: Final = ("eid", "GRP")
_LABELS: Final = ("etype", "entity")
_KNOWN: Final = frozenset({*_IDS, *_LABELS})
_LINKS: Final = ("Bridge", "SplitAnte")
_OURS: Final = frozenset({"ID", "FORM", "MISC"})
_BRACKET: Final = re.compile(r"\(([^()]*)(\))?|(?<![^()])([^()]++)\)")
_ESCAPES: Final = {" ": "\\s", "\t": "\\t", "\r": "\\r", "\n": "\\n", "\\": "\\\\", "|": "\\p"}
_SIGNS: Final = {escape: sign for sign, escape in _ESCAPES.items()}


def sniff(head: bytes, _name: str, /) -> bool:
    """Say whether the file begins with comments and numbered rows of ten columns or more."""
    row = next((line for line in head.splitlines() if line and not line.startswith(b"#")), b"")
    told = b"# global.columns" in head
    return bool(_ROW.match(row)) and row.count(b"\t") >= (1 if told else 8) and not head.startswith(b"#FORMAT=")


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document for each ``# newdoc``, or one for the whole file."""
    article, number = _Article(), 0
    try:
        for place, raw in lines_with_blanks(source):
            number = place
            line = raw.decode()
            if article.begun and re.match(r"#\s*newdoc\b", line):
                yield article.document(name, options)
                article = _Article(article.columns, article.parts)
            article.take(line)
        if article.begun:
            yield article.document(name, options)
    except UnicodeDecodeError:
        yield Refused("The line is not UTF-8.", number)
    except Invalid as problem:
        yield problem if isinstance(problem, Refused) else Refused(problem.sentence, number)


class _Article:
    """An article being read, row by row."""

    def __init__(self, columns: list[str] | None = None, parts: list[str] | None = None) -> None:
        self.columns = columns or ["ID", "FORM", *["LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC"]]
        self.parts = parts or ["eid", "etype"]
        self.begun = self.ours = False
        self._parts: list[str] = []
        self._length = self._begin = self._end = 0
        self.about: dict[str, Any] = {}
        self._found: list[Found] = []
        self._ids: set[str] = set()
        self._open = Opened()
        self._tags: list[tuple[Span, str]] = []
        self._until = 0
        self._kept: dict[str, list[Any]] = {}
        self._left: set[str] = set()

    def take(self, line: str) -> None:
        """Take one line; raises Invalid where it is no CoNLL-U."""
        if not line:
            self._close()
        elif line.startswith("#"):
            self._comment(*(part.strip() for part in line[1:].partition("=")[::2]))
        else:
            cells = dict(zip(self.columns, line.split("\t"), strict=False))
            if len(cells) != len(self.columns) or not re.fullmatch(r"\d{1,9}(?:[-.]\d{1,9})?", cells["ID"]):
                raise Invalid(f"The row has {len(cells)} columns, not {len(self.columns)} that begin with a number.")
            self._row(cells)

    def _comment(self, key: str, value: str) -> None:
        if key == "newdoc id" and value:
            self.about.setdefault("id", value)
        elif key == "workbench":
            self.about, self.ours = as_object(parse(value.encode())), True
        elif key.startswith("meta::") and value:
            self.about.setdefault(key.removeprefix("meta::"), value)
        elif key == "global.Entity":
            self.parts = value.split("-")
        elif key == "global.columns":
            self.columns = value.split()

    def _row(self, cells: dict[str, str]) -> None:
        misc = dict(part.partition("=")[::2] for part in cells.get("MISC", "_").split("|"))
        whole, _, last = cells["ID"].partition("-")
        inside = not last and "." not in whole and int(whole) <= self._until
        if last:
            self._until = int(last)
        empty = "." in whole
        if not inside and not empty:
            before = _plain(misc.get("SpacesBefore", ""))
            self._begin = self._length + len(before)
            after = _plain(misc["SpacesAfter"]) if "SpacesAfter" in misc else " " * (misc.get("SpaceAfter") != "No")
            self._end = self._begin + len(cells["FORM"])
            self._length = self._end + len(after)
            self.begun = True
            self._parts += [before, cells["FORM"], after]
        for opened, single, closed in _BRACKET.findall(misc.get("Entity", "")):
            if opened:
                parts = opened.split("-")
                self._open.add(self._id(parts), parts, self._length if empty else self._begin)
            if single or closed:
                self._ended(closed)
        for each in _LINKS:
            if each in misc:
                self._keep("relations", f"{each}={misc[each]}")
        named = (cells[each] for each in self.columns if each.rpartition(":")[2] in _TAGS)
        tag = next(iter((*named, *(misc[each] for each in misc if each in _TAGS))), None)
        if tag and not inside and not empty:
            self._tag(tag)
        self._left.update(each for each in self.columns if cells[each] != "_" and each not in _OURS | _TAGS)

    def _tag(self, tag: str) -> None:
        place = Span(self._begin, self._end)
        if tag not in {"_", "*", "O"} and not TAG.fullmatch(tag):
            self._keep("tags", [*place, tag])
        self._tags.append((place, tag))

    def _keep(self, name: str, what: Any) -> None:
        self._kept.setdefault(name, []).append(what)

    def _ended(self, closed: str) -> None:
        """Close the entity with this id, or the last one that was opened."""
        if not self._open:
            return
        parts, start = self._open.closed(closed)
        if start < self._end:
            self._mentioned(parts, start)
        else:
            self._keep("without a place", "-".join(parts))

    def _mentioned(self, parts: list[str], start: int) -> None:
        """Take what was closed as an entity, and keep what it says beside its label."""
        known = dict(zip(self.parts, parts, strict=False))
        label = next(filter(None, map(known.get, _LABELS)), None) or (parts[1] if len(parts) > 1 else UNLABELLED)
        id = self._id(parts)
        if "[" in id:
            self._keep("discontinuous", [start, self._end, id])
        if id in self._ids:
            self._keep("chains", [start, self._end, id])
        if more := {key: said for key, said in known.items() if key not in _KNOWN and said}:
            self._keep("attributes", [start, self._end, more])
        self._found.append(Found(Mark(start, self._end), label, "" if id in self._ids else id))
        self._ids.add(id)

    def _id(self, parts: list[str]) -> str:
        """Return the name by which an entity is closed and known again."""
        return next((part for name, part in zip(self.parts, parts, strict=False) if name in _IDS), parts[0])

    def _close(self) -> None:
        self._until = 0
        places, tags = [place for place, _ in self._tags], [tag for _, tag in self._tags]
        self._found += [Found(Mark(start, end), label) for start, end, label in spans(places, tags)]
        self._tags = []

    def document(self, name: str, options: Options) -> Document:
        """Return what was read; entities that were never closed are kept apart."""
        self._close()
        kept = {
            "unclosed": ["-".join(parts) for parts in self._open], **self._kept,
            "columns": sorted(each for each in self._left if each.rpartition(":")[2] not in _TAGS),
        }  # fmt: skip
        row = {**options.about, **self.about}
        file = None if "file" in row or self.ours else name
        return reading("".join(self._parts), row, self._found, Units("code points"), kept, file)


def _plain(spaces: str) -> str:
    return re.sub(r"\\.", lambda match: _SIGNS.get(match[0], match[0]), spaces)


def _escaped(spaces: str) -> str:
    return "".join(_ESCAPES.get(sign, sign) for sign in spaces)


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write all documents; tokens are cut where an entity begins or ends."""
    out.write(b"# global.Entity = eid-etype\n")
    for document in documents:
        row = msgspec.json.encode({"language": document.language, **about.row(document)}).decode()
        out.write(f"# newdoc id = {document.id}\n# workbench = {row}\n".encode())
        entities = trimmed(document.layer.entities, document.text)
        brackets = Brackets(entities)
        found = list(sentences(document, [each.span for each in entities]))
        nexts = [*(sentence[0].start for sentence in found[1:]), len(document.text)]
        for number, (sentence, after) in enumerate(zip(found, nexts, strict=True), 1):
            before = document.text[: sentence[0].start] if number == 1 else ""
            said = " ".join(document.text[sentence[0].start : sentence[-1].end].split())
            out.write(f"# sent_id = {document.id}-{number}\n# text = {said}\n".encode())
            out.write("".join(_rows(document.text, sentence, after, brackets, before)).encode() + b"\n")


def _rows(text: str, sentence: list[Span], after: int, brackets: Brackets, before: str) -> Iterator[str]:
    follows = [*(token.start for token in sentence[1:]), after]
    for number, (token, following) in enumerate(zip(sentence, follows, strict=True), 1):
        said = brackets.at(token)
        misc = [f"Entity={said}"] if said else []
        if number == 1 and before:
            misc.append(f"SpacesBefore={_escaped(before)}")
        space = text[token.end : following]
        if space != " ":
            misc.append(f"SpacesAfter={_escaped(space)}" if space else "SpaceAfter=No")
        yield f"{number}\t{text[token.start : token.end]}\t_\t_\t_\t_\t_\t_\t_\t{'|'.join(misc) or '_'}\n"
