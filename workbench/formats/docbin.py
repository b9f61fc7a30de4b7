"""spaCy's DocBin: entities in ``doc.ents`` and ``doc.spans``, everything else in ``doc.user_data``.

Tokens are cut where a span begins or ends, so no span is ever misaligned, and together they give back the text
to the character. ``doc.ents`` may not overlap: there the longer of two stays, ``doc.spans["sc"]`` has all.
"""

import gc
import zlib
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Any, BinaryIO, Final

from workbench.core.annotation import By, Document, Frame, Span
from workbench.core.errors import Invalid, Refused
from workbench.core.text import tokens
from workbench.formats import gold
from workbench.formats.foreign import UNLABELLED, Found, keeping, reading
from workbench.formats.losses import flat
from workbench.formats.reading import PLAIN, Options
from workbench.formats.units import Mark, Units

name: Final = "docbin"
title: Final = "spaCy DocBin"
suffixes: Final = (".spacy",)
direction: Final = "both"
loses: Final[frozenset[str]] = frozenset()

LARGEST: Final = 200 * 2**20
_PIECE: Final = 2**16
_RECORD: Final = "workbench"
_ATTRS: Final = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID")


def sniff(head: bytes, name: str, /) -> bool:
    """Say whether the file is packed as a DocBin is, and named so or holds its first key."""
    if head[:1] != b"\x78":
        return False
    try:
        start = zlib.decompressobj().decompress(head, 200)
    except zlib.error:
        return False
    return name.lower().endswith(suffixes) or b"attrs" in start


def read(source: BinaryIO, name: str, options: Options = PLAIN, /) -> Iterator[Document | Refused]:
    """Read one document a Doc."""
    try:
        docs = _docs(source.read(LARGEST + 1), options.limits.unpacked)
        for number, doc in enumerate(docs, 1):
            try:
                yield _document(doc, name)
            except Invalid as problem:
                yield Refused(f"doc {number}: {problem.sentence}")
    except Invalid as problem:
        yield Refused(problem.sentence)


def _docs(raw: bytes, most: int) -> Iterator[Any]:
    """Yield the Docs; raises Invalid for whatever is wrong, since the file may come from anybody."""
    if len(raw) > LARGEST:
        raise Invalid(f"The file is larger than {LARGEST // 2**20} MB; split it.")
    try:
        if _unpacked(raw, most) > most:
            raise Invalid(f"The file unpacks to more than {most / 1e6:,.0f} MB (WORKBENCH_ZIP_UNPACKED).")
        import spacy
        from spacy.tokens import DocBin

        yield from DocBin().from_bytes(raw).get_docs(spacy.blank("xx").vocab)
    except (Invalid, MemoryError):
        raise
    except Exception:
        raise Invalid("This is no DocBin that can be read: it is damaged or cut off; write it anew.") from None
    finally:
        gc.enable()  # srsly leaves it off after a parse error


def _unpacked(raw: bytes, most: int) -> int:
    """Return how many bytes the file unpacks to, counted piece by piece and no further than is allowed."""
    unpacker, count = zlib.decompressobj(), 0
    for at in range(0, len(raw), _PIECE):
        left = raw[at : at + _PIECE]
        while left and count <= most:
            count += len(unpacker.decompress(left, _PIECE))
            left = unpacker.unconsumed_tail
    return count


def _document(doc: Any, name: str) -> Document:
    record = doc.user_data.get(_RECORD) if isinstance(doc.user_data, dict) else None
    if isinstance(record, str):
        known = gold.loads(record)
        if known.text == doc.text:
            return known
    found = [_found(each) for each in doc.ents]
    seen = {(each.mark, each.label) for each in found}
    groups = [_found(each) for group in doc.spans.values() for each in group]
    found += [each for each in groups if (each.mark, each.label) not in seen]
    kept = {"categories": dict(doc.cats), "relations": _arcs(doc), "groups": _groups(doc), "attributes": _names(doc)}
    return keeping(reading(doc.text, {}, found, Units("code points"), file=name), kept)


def _found(span: Any) -> Found:
    mark = Mark(span.start_char, span.end_char, span.text)
    return Found(mark, span.label_ or UNLABELLED, span.id_ or "", By("added"), None, span.kb_id_ or None)


def _groups(doc: Any) -> dict[str, Any]:
    """Return which spans stand in which group, where there are several."""
    found = {key: [[each.start_char, each.end_char, each.label_] for each in group] for key, group in doc.spans.items()}
    return found if sum(map(bool, found.values())) > 1 else {}


def _names(doc: Any) -> list[str]:
    """Return the names of what people's own code put into the Doc, which is left out."""
    return sorted({str(key[1] if isinstance(key, tuple) and len(key) > 1 else key) for key in doc.user_data})


def _arcs(doc: Any) -> list[str]:
    return [f"{token.i}\t{token.dep_}\t{token.head.i}" for token in doc if token.dep_]


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write one DocBin with all documents, ready for ``spacy train``."""
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("xx").vocab
    packed = DocBin(attrs=_ATTRS, store_user_data=True)
    for document in documents:
        packed.add(doc_of(document, vocab))
    out.write(packed.to_bytes())


def doc_of(document: Document, vocab: Any) -> Any:
    """Return a document as a spaCy Doc over its very text."""
    from spacy.tokens import Doc

    layer, text = document.layer, document.text
    frames = (*layer.stances, *layer.commitments)
    pieces = _pieces(text, [each.span for each in layer.objects])
    words = [text[start:end] for start, end, _ in pieces]
    doc = Doc(vocab, words=words, spaces=[space for _, _, space in pieces])
    spans = {each.id: doc.char_span(*each.span, label=each.label, kb_id=each.actor_id or "") for each in layer.entities}
    doc.set_ents([spans[each.id] for each in flat(layer.entities)])
    doc.spans["sc"] = list(spans.values())
    for kind in ("stance", "commitment"):
        doc.spans[kind] = [doc.char_span(*each.span, label=_label(each)) for each in frames if each.kind == kind]
    doc.user_data[_RECORD] = gold.dumps(document).decode()
    return doc


def _label(frame: Frame) -> str:
    return frame.actor("polarity" if frame.kind == "stance" else "type") or frame.kind


def _pieces(text: str, spans: Collection[Span]) -> list[tuple[int, int, bool]]:
    """Cut the whole text into tokens with one following space each or none; other white space is a token too."""
    starts, ends = {span.start for span in spans}, {span.end for span in spans}
    cuts = {0, len(text), *starts, *ends, *(place for piece in tokens(text) for place in piece)}
    found: list[tuple[int, int, bool]] = []
    for start, end in pairwise(sorted(cuts)):
        begin = start
        if found and text[start] == " " and start not in starts and start + 1 not in ends:
            found[-1] = (*found[-1][:2], True)
            begin += 1
        if begin < end:
            found.append((begin, end, False))
    return found


def config(language: str = "en") -> str:
    """Return a configuration that trains entities and spans of what we write with ``spacy train``, on a CPU."""
    from spacy.cli.init_config import init_config

    made = init_config(lang=language, pipeline=["ner", "spancat"], optimize="efficiency", gpu=False)
    return str(made.to_str())
