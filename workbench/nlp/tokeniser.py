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
_SUFFIXES: Final = (r"(?<=\w)[‘`´][sS]", _DEBRIS, r"(?<=\d[A-Z])\.")

_BULLETS: Final = frozenset("•●▪◦‣►")
_RARE: Final = frozenset({"hop", "rag", "rat", "spar", "jib", "ax"})
_UNKNOWN: Final = frozenset({
    "hope", "rage", "rate", "spare", "jibe", "axe", "resupply", "backfill", "greenlight", "defund", "pony",
})  # fmt: skip


def split_glue(nlp: Language) -> None:
    """Teach the tokeniser glued credits (summitReuters), page debris ([/caption]) and odd possessives (Ukraine‘s).

    *€35m* keeps its *m*, which is no metre: the parser finds no object in *pledged € 35 m*; an *A400M.* loses its stop.
    The rules are plain patterns, so a saved pipeline keeps them.
    """
    rules = nlp.Defaults
    nlp.tokenizer.prefix_search = compile_prefix_regex([*_PREFIXES, *rules.prefixes]).search
    nlp.tokenizer.infix_finditer = compile_infix_regex([*_INFIXES, *rules.infixes]).finditer
    suffixes = (each.replace("|km³|m|", "|km³|") for each in rules.suffixes)
    nlp.tokenizer.suffix_search = compile_suffix_regex([*_SUFFIXES, *suffixes]).search


def mend_lemmas(nlp: Language) -> None:
    """Teach the lemmatiser verbs that it takes for rarer ones (*hoped* for *hop*) or does not know (*readied*)."""
    lookups = nlp.get_pipe("lemmatizer").lookups if "lemmatizer" in nlp.pipe_names else None
    if lookups is not None and lookups.has_table("lemma_index"):
        index = lookups.get_table("lemma_index")
        index["verb"] = sorted(set(index.get("verb", ())) - _RARE | _UNKNOWN)


@Language.component("workbench_sentences", assigns=["token.is_sent_start"])  # type: ignore[untyped-decorator]
def set_sentences(doc: Doc) -> Doc:
    """Start sentences where the gold record has them, and after a bullet, nowhere else; the parser keeps to it."""
    starts = iter([start for start, _ in sentences(text_of(doc))])
    upcoming = next(starts, None)
    begun = numpy.full(len(doc), -1, dtype="int64")
    for index, (start, length, blank) in enumerate(doc.to_array([IDX, LENGTH, IS_SPACE]).tolist()):
        end = start + length
        if index and begun[index - 1] == 1 and doc[index - 1].text in _BULLETS:
            begun[index] = 1
        if upcoming is not None and end > upcoming and not blank:
            begun[index] = 1
            while upcoming is not None and end > upcoming:
                upcoming = next(starts, None)
    doc.from_array([SENT_START], begun.astype("uint64"))
    return doc
