import io

from workbench.core.annotation import Document
from workbench.core.errors import Refused
from workbench.formats import conllu, detect

GUM = """# newdoc id = GUM_news
# global.Entity = GRP-etype-infstat-identity
# sent_id = 1
# text = "I can't", Kyiv's mayor said.
1\t"\t"\tPUNCT\t_\t_\t0\t_\t_\tSpaceAfter=No
2\tI\tI\tPRON\t_\t_\t0\t_\t_\tEntity=(1-person-new)
3-4\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
3\tca\tcan\tAUX\t_\t_\t0\t_\t_\t_
4\tn't\tnot\tPART\t_\t_\t0\t_\t_\t_
5\t"\t"\tPUNCT\t_\t_\t0\t_\t_\tSpaceAfter=No
6\t,\t,\tPUNCT\t_\t_\t0\t_\t_\t_
7\tKyiv\tKyiv\tPROPN\t_\t_\t0\t_\t_\tEntity=(1-person-giv(2-place-new-Kyiv)|SpaceAfter=No
8\t's\t's\tPART\t_\t_\t0\t_\t_\t_
8.1\tempty\t_\t_\t_\t_\t0\t_\t_\t_
9\tmayor\tmayor\tNOUN\t_\t_\t0\t_\t_\tEntity=1)
10\tsaid\tsay\tVERB\t_\t_\t0\t_\t_\tSpaceAfter=No
11\t.\t.\tPUNCT\t_\t_\t0\t_\t_\t_

# sent_id = 2
1\tYes\tyes\tINTJ\t_\t_\t0\t_\t_\tSpaceAfter=No
"""
PLUS = """# global.columns = ID FORM PARSEME:NE
1\tKeir\tB-PER
2\tStarmer\tI-PER
3\tspoke\tO

"""


def test_words_in_ranges_empty_nodes_and_nested_brackets_are_read() -> None:
    [found] = conllu.read(io.BytesIO(GUM.encode()), "a.conllu")
    assert isinstance(found, Document)
    assert (found.text, found.id) == ("\"I can't\", Kyiv's mayor said. Yes", "GUM_news")
    spans = [(found.text[slice(*each.span)], each.label) for each in found.layer.entities]
    assert spans == [("I", "person"), ("Kyiv", "place"), ("Kyiv's mayor", "person")]
    assert detect(GUM.encode(), "x.txt") is conllu


def test_tags_in_a_column_of_their_own_are_read() -> None:
    [found] = conllu.read(io.BytesIO(PLUS.encode()), "a.conllup")
    assert isinstance(found, Document)
    assert [(found.text[slice(*each.span)], each.label) for each in found.layer.entities] == [("Keir Starmer", "PER")]


def test_a_row_that_does_not_fit_is_refused_with_its_line() -> None:
    [refused] = conllu.read(io.BytesIO(GUM.encode().replace(b"\tsay\tVERB", b"")), "a.conllu")
    assert isinstance(refused, Refused)
    assert refused.line == 16
