"""The development gold against itself and against a copy spoilt by known amounts."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from workbench.core.measures import Tally
from workbench.services.evaluation import Report, evaluate

_FOLDER = Path(os.environ.get("WORKBENCH_DEV_DATA") or Path(__file__).parents[3] / "shared" / "data")
DEV = _FOLDER / "gold_dev.jsonl"
Row = dict[str, Any]

pytestmark = pytest.mark.skipif(
    not DEV.is_file(), reason=f"the development gold is not at {DEV}; name its folder in WORKBENCH_DEV_DATA"
)


def counted(report: Report, name: str) -> Tally:
    return report.scores.figures[name].tally


def spoilt(tmp_path: Path) -> Report:
    """Score a copy of the gold in which the second article is changed in counted ways."""
    first, second = (json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines())
    places = [row for row in second["entities"] if row["label"] == "GPE" and row["actor"] and row["start"]]
    people = [row for row in second["entities"] if row["label"] == "PERSON"]
    for row in places[:3]:
        second["entities"].remove(row)
    for row in places[3:7]:
        row["label"] = "LOC"
    for row in people[:2]:
        row.update(end=row["end"] - 1, text=row["text"][:-1])
    for row in people[2:7]:
        row["actor"] = "Nobody"
    promises: list[Row] = second["commitments"]
    del promises[:5]
    for row in promises[:4]:
        row["status"] = "unheard of"
    for row in promises[4:7]:
        row["type"] = "unheard of"
    promises.append(promises[-1] | {"id": "extra", "actor": "Nobody"})
    for row in second["stances"][:6]:
        row["polarity"] = "unheard of"
    del second["stances"][6:9]
    path = tmp_path / "spoilt.jsonl"
    path.write_text(f"{json.dumps(first)}\n{json.dumps(second)}\n", encoding="utf-8")
    return evaluate(DEV, path, articles=_FOLDER / "articles")


def test_the_gold_against_itself_is_faultless() -> None:
    report = evaluate(DEV, DEV)
    figures = {name: figure.tally for name, figure in report.scores.figures.items()}
    assert all(tally.precision == tally.recall == tally.f1 == 1.0 for tally in figures.values())
    assert report.mistake_counts == ()
    # 223 entities stand in the two lines, 26 of them ROLE, QUANTITY or WEAPON; 30 have no actor.
    assert {figures["entities.core"].gold, figures["entities.extended"].gold} == {197, 26}
    assert {figures["linking"].gold, figures["unlinked"].gold} == {193, 30}
    assert (figures["commitments.strict"].gold, figures["stances.strict"].gold) == (53, 39)


def test_entities_spoilt_by_known_amounts_score_what_a_hand_finds(tmp_path: Path) -> None:
    report = spoilt(tmp_path)
    # 3 of 197 removed; of the 194 left 4 have another label and 2 another end.
    assert counted(report, "entities.core") == Tally(188, 194, 197)
    assert counted(report, "entities.core.partial") == Tally(190, 194, 197)
    assert counted(report, "entities.extended") == Tally(26, 26, 26)
    figure = report.scores.figures["entities.core"].tally
    assert figure.f1 == pytest.approx(2 * (188 / 194) * (188 / 197) / (188 / 194 + 188 / 197))
    # Of the 193 with an actor 3 are removed and 2 have another end; of the 188 left 5 name nobody.
    assert counted(report, "linking") == Tally(183, 188, 188)


def test_frames_spoilt_by_known_amounts_score_what_a_hand_finds(tmp_path: Path) -> None:
    report = spoilt(tmp_path)
    # 5 of 53 removed, 3 of another type, 1 too many; of the 45 pairs 4 have another status.
    for mode in ("strict", "lenient"):
        assert counted(report, f"commitments.{mode}") == Tally(45, 49, 53)
        assert counted(report, f"commitments.status.{mode}") == Tally(41, 45, 45)
        assert counted(report, f"commitments.whole.{mode}") == Tally(41, 49, 53)
    # 3 of 39 removed; of the 36 pairs 6 have another polarity.
    assert counted(report, "stances.strict") == Tally(36, 36, 39)
    assert counted(report, "stances.polarity.strict") == Tally(30, 36, 36)


def test_the_mistakes_are_those_that_were_made(tmp_path: Path) -> None:
    assert {(kind, fault): count for kind, fault, count in spoilt(tmp_path).mistake_counts} == {
        ("entity", "missed"): 3,
        ("entity", "wrong label"): 4,
        ("entity", "wrong boundary"): 2,
        ("link", "wrong actor"): 5,
        ("commitment", "missed"): 5,
        ("commitment", "wrong status"): 4,
        ("commitment", "wrong type"): 3,
        ("commitment", "not in the gold"): 1,
        ("stance", "missed"): 3,
        ("stance", "wrong polarity"): 6,
    }
