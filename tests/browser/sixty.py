"""An article with sixty proposals, six of them wrong, and what a reviewer makes of each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.core.annotation import By, Document, Entity, Layer, layer_of

LINES = """
{Madrid|GPE} and {Lisbon|GPE} will send {two frigates|WEAPON~4,0} off {Amber Strait|LOC}, {Clara Duarte|PERSON} said.
{May|DATE=PERSON} told the {Senate|ORG} that {Norway|GPE} would pay {€40 million|MONEY} by {the end of March|DATE}.
{Baltic|LOC} {shield force|FORCE} chief {General|ROLE=} {Ola Brekke|PERSON} has bases in {Riga|GPE} and {Turku|GPE}.
{Orange|GPE=ORG}, the telecoms group, and {Solidarity|ORG} asked {Brussels|GPE} for help on {Monday|DATE}.
{Upper|LOC~0,8} Silesia needs trains, said {Piotr Duda|PERSON} of {Solidarity|ORG} in {Katowice|GPE}.
{between|QUANTITY=} and {€9|MONEY} were not the words that {Duarte|PERSON} used in {Porto|GPE}.
{France|GPE} and {Spain|GPE} back the patrol, while {Hungary|GPE} asks for {a year|DATE}.
{Brekke|PERSON} meets the {Storting|ORG} on {14 May|DATE}, the {defence ministry|ORG} said.
{Denmark|GPE} offers {three|QUANTITY} {helicopters|WEAPON} from {June|DATE}.
{Duda|PERSON} said strikes in {Poland|GPE} would follow on {Tuesday|DATE}.
{Lisbon|GPE} repeated its promise to {Madrid|GPE}.
The {Senate|ORG} committee meets on {Thursday|DATE}.
{Equinor|ORG} declined to comment.
Analysts at {ING|ORG} expect the price to reach {€90|MONEY}.
{Berlin|GPE} has not answered {Copenhagen|GPE}.
{Duarte|PERSON} did not give a date.
The patrol was first proposed in {2023|DATE}.
{Solidarity|ORG} plans a march in {Gdańsk|GPE}.
{Oslo|GPE} said so again on {Friday|DATE}.
{Copenhagen|GPE} is expected to agree on {Sunday|DATE}.
"""
MARK = re.compile(r"\{([^|}]+)\|([A-Z]+)(?:=([A-Z]*)|~(-?\d+),(-?\d+))?\}")


@dataclass(frozen=True)
class Wanted:
    """What a proposal should become: nothing, or a label on a stretch of the text."""

    label: str | None
    start: int
    end: int


def read() -> tuple[str, list[Entity], dict[str, Wanted]]:
    """Return the text, what is proposed, and what is right, by id."""
    text, proposed, wanted = "", [], {}
    for line in LINES.strip().splitlines():
        at = 0
        for found in MARK.finditer(line):
            text += line[at : found.start()]
            start, end, oid = len(text), len(text) + len(found[1]), f"e{len(proposed) + 1}"
            wrong = found[3] is not None or found[4] is not None
            by = By(suggester="sixty@1", score=0.55 if wrong else 0.93)
            proposed.append(Entity(oid, start, end, found[2], by=by))
            shift = (int(found[4] or 0), int(found[5] or 0))
            label = found[2] if found[3] is None else (found[3] or None)
            wanted[oid] = Wanted(label, start + shift[0], end + shift[1])
            text, at = text + found[1], found.end()
        text += line[at:] + "\n"
    return text, proposed, wanted


class Sixty:
    """A suggester that proposes what the article's marks say."""

    name = "sixty@1"

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        for _ in articles:
            yield layer_of(self.name, read()[1])
