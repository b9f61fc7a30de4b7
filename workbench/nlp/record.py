"""The last component: what the pipeline found, as the gold record shows it."""

from dataclasses import replace
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from workbench.core.annotation import Object, layer_of
from workbench.core.record import layer_json
from workbench.core.text import TOKENISER
from workbench.nlp.mentions import text_of
from workbench.nlp.tree import tree

RESULT: Final = "workbench"


def name_of(nlp: Language) -> str:
    """Return the suggester's name: the model, its version and the version of the rules."""
    return f"spacy:{nlp.meta['lang']}_{nlp.meta['name']}@{nlp.meta['version']}+{TOKENISER}"


@Language.factory("workbench_record")  # type: ignore[untyped-decorator]
def record_keeper(nlp: Language, name: str) -> "RecordKeeper":
    """Build the component that writes the record."""
    return RecordKeeper(name, name_of(nlp))


class RecordKeeper:
    """Packs mentions and frames into ``doc.user_data``, where they survive a trip between processes."""

    def __init__(self, name: str, suggester: str) -> None:
        self.name = name
        self.suggester = suggester

    def __call__(self, doc: Doc, *, lean: bool = False) -> Doc:
        """Write the layer; where nothing else is wanted, let go of words, cast and frames."""
        mentions = doc._.cast.mentions if doc._.cast else ()
        found: list[Object] = [mention.entity(number, self.suggester) for number, mention in enumerate(mentions, 1)]
        found += (replace(each, by=replace(each.by, suggester=self.suggester)) for each in doc._.frames or ())
        doc.user_data[RESULT] = layer_json(layer_of(self.suggester, found), text_of(doc))
        if lean:
            tree(doc).forget()
            doc.user_hooks.clear()
        return doc
