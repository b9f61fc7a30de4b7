"""How the pipeline cuts words and sentences: as the rest of Workbench does, with offsets intact."""

from typing import Final

import numpy
from spacy.attrs import IDX, IS_SPACE, LENGTH, SENT_START
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from workbench.core.text import AGENCIES, sentences
from workbench.nlp.mentions import text_of

_AGENCY: Final = f"(?:{AGENCIES})"
_DEBRIS: Final = r"\[/?[a-z]+\]"
_PREFIXES: Final = (rf"{_AGENCY}(?=[A-ZÀ-Þ][a-zß-ÿ])", _DEBRIS)
_INFIXES: Final = (
    rf"(?<=[a-zß-ÿ]){_AGENCY}(?=[A-ZÀ-Þ][a-zß-ÿ]|\b)",
    _DEBRIS,
    r"(?<=[A-Za-z]\.)[-–](?=[A-Za-z])",
    r"(?<=[a-zß-ÿ])[-–](?=\d)",
)
_SUFFIXES: Final = (r"(?<=\w)[‘`´][sS]", _DEBRIS)


def split_glue(nlp: Language) -> None:
    """Teach the tokeniser glued credits (summitReuters), page debris ([/caption]) and odd possessives (Ukraine‘s).

    The rules are plain patterns, so a saved pipeline keeps them.
    """
    rules = nlp.Defaults
    nlp.tokenizer.prefix_search = compile_prefix_regex([*_PREFIXES, *rules.prefixes]).search
    nlp.tokenizer.infix_finditer = compile_infix_regex([*_INFIXES, *rules.infixes]).finditer
    nlp.tokenizer.suffix_search = compile_suffix_regex([*_SUFFIXES, *rules.suffixes]).search


@Language.component("workbench_sentences", assigns=["token.is_sent_start"])  # type: ignore[untyped-decorator]
def set_sentences(doc: Doc) -> Doc:
    """Start sentences where the gold record has them, and nowhere else; the parser keeps to it."""
    starts = iter([start for start, _ in sentences(text_of(doc))])
    upcoming = next(starts, None)
    begun = numpy.full(len(doc), -1, dtype="int64")
    for index, (start, length, blank) in enumerate(doc.to_array([IDX, LENGTH, IS_SPACE]).tolist()):
        end = start + length
        if upcoming is not None and end > upcoming and not blank:
            begun[index] = 1
            while upcoming is not None and end > upcoming:
                upcoming = next(starts, None)
    doc.from_array([SENT_START], begun.astype("uint64"))
    return doc
