"""The table of attributes says what spaCy's own ruler says."""

import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from tests.nlp.reading import reader
from workbench.nlp.attributes import AttributeTable, hasten
from workbench.settings import resource_root

_RULES = [
    {"patterns": [[{"LOWER": "will"}]], "attrs": {"POS": "NOUN"}},
    {"patterns": [[{"LOWER": {"REGEX": "^w"}}], [{"LOWER": "nothin"}]], "attrs": {"LEMMA": "w"}},
    {"patterns": [[{"LOWER": "they"}, {"LOWER": {"IN": ["will", "can"]}}]], "attrs": {"POS": "AUX"}, "index": -1},
    {"patterns": [[{"LOWER": {"NOT_IN": ["they", "will"]}, "IS_SPACE": False}]], "attrs": {"MORPH": "Number=Sing"}},
]


def _seen(doc: Doc) -> list[tuple[str, ...]]:
    return [(each.text, each.tag_, each.pos_, str(each.morph), each.lemma_, each.dep_) for each in doc]


def _ruled() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add_patterns(_RULES)
    return nlp


def test_a_models_attributes_are_those_of_spacys_ruler() -> None:
    nlp = reader().nlp
    table = nlp.get_pipe("attribute_ruler")
    assert type(table) is AttributeTable
    ruler = AttributeRuler(nlp.vocab)
    ruler.add_patterns(table.patterns)
    before = nlp.pipe_names[: nlp.pipe_names.index("attribute_ruler")]
    texts = [file.read_text("utf-8") for file in sorted((resource_root() / "seeds" / "articles").glob("*.txt"))[:6]]
    with nlp.select_pipes(enable=before):
        read = [(doc, doc.copy()) for doc in nlp.pipe(texts)]
    assert read
    for one, other in read:
        assert _seen(table(one)) == _seen(ruler(other))


def test_patterns_of_several_words_and_by_expressions_count_in_their_turn() -> None:
    nlp, quick = _ruled(), _ruled()
    hasten(quick)
    text = "They will say that a will wants nothin"
    assert _seen(quick(text)) == _seen(nlp(text))
    assert [each.pos_ for each in quick(text)][1:6:4] == ["AUX", "NOUN"]


def test_a_ruler_that_sets_more_is_left_as_it_is() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add([[{"LOWER": "us"}]], {"NORM": "we"})
    hasten(nlp)
    assert type(nlp.get_pipe("attribute_ruler")) is AttributeRuler
    assert nlp("us")[0].norm_ == "we"
