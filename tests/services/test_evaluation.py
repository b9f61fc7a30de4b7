import json
from pathlib import Path
from typing import Any

import pytest

from workbench.core.errors import Invalid, Refused
from workbench.core.measures import Tally
from workbench.services.evaluation import Report, evaluate
from workbench.services.evaluation_report import Shape, render

NORWAY = "Norway will send trainers. It did not say when."
SPAIN = "Spain <waits>."


def record(name: str, text: str, *entities: tuple[int, int, str], **more: Any) -> dict[str, Any]:
    rows = [{"start": start, "end": end, "text": text[start:end], "label": label} for start, end, label in entities]
    return {"format": "workbench/gold", "version": 1, "id": name, "text": text, "entities": rows} | more


def written(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def promise(**slots: Any) -> dict[str, Any]:
    evidence = {"start": 0, "end": 25, "text": NORWAY[:25]}
    return {"id": "c1", "actor": "Norway", "type": "training", "status": "announced", "evidence": evidence} | slots


def counted(report: Report, name: str) -> Tally:
    return report.scores.figures[name].tally


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    alt = {"status": ["offered"]}
    norway = record("n", NORWAY, (0, 6, "GPE"), commitments=[promise(alt=alt)], split="dev")
    return written(tmp_path / "gold.jsonl", norway, record("s", SPAIN, (0, 5, "GPE"), split="test"))


def test_predictions_are_found_by_text_then_id_then_file(gold: Path, tmp_path: Path) -> None:
    by_text = record("other", NORWAY, (0, 6, "GPE"))
    by_id = {"id": "s", "entities": record("s", SPAIN, (0, 5, "GPE"))["entities"]}
    report = evaluate(gold, written(tmp_path / "found.jsonl", by_id, by_text))
    assert counted(report, "entities.core") == Tally(2, 2, 2)
    assert (report.missing, report.surplus, report.differing) == ((), (), ())


def test_what_has_no_partner_is_told_and_missing_articles_count_as_missed(gold: Path, tmp_path: Path) -> None:
    rows = record("s", SPAIN + "!", (0, 5, "GPE")), record("x", "Else.", (0, 4, "GPE"))
    report = evaluate(gold, written(tmp_path / "found.jsonl", *rows))
    assert counted(report, "entities.core") == Tally(0, 0, 2)
    assert (report.missing, report.surplus, report.differing) == (("n", "s"), ("x",), ("s",))
    assert "Predicted but not in the gold, left out: 1 (x)." in render(report)


def test_an_alternative_of_the_gold_file_counts_in_lenient_mode(gold: Path, tmp_path: Path) -> None:
    found = record("n", NORWAY, commitments=[promise(status="offered")])
    report = evaluate(gold, written(tmp_path / "found.jsonl", found), split="dev")
    assert report.scores.articles == 1
    assert counted(report, "commitments.status.strict") == Tally(0, 1, 1)
    assert counted(report, "commitments.status.lenient") == Tally(1, 1, 1)


def test_the_text_of_a_compact_line_lies_in_a_file_beside(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "n.txt").write_bytes(NORWAY.encode())
    line = {"file": "n.txt", "regions": [], "entities": [{"start": 0, "end": 6, "label": "GPE"}]}
    path = written(tmp_path / "gold.jsonl", line)
    assert counted(evaluate(path, path), "entities.core") == Tally(1, 1, 1)
    with pytest.raises(Refused, match=r"line 1: The text of “n\.txt” is not in .*name its folder with --articles"):
        evaluate(path, path, articles=tmp_path / "elsewhere")
    (tmp_path / "articles" / "n.txt").write_bytes(b"Norway \xff")
    with pytest.raises(Refused, match=r"n\.txt is not UTF-8 at byte 8"):
        evaluate(path, path)


def test_a_quote_that_is_not_in_the_text_is_refused_with_its_line(gold: Path, tmp_path: Path) -> None:
    row = record("n", NORWAY)
    row["entities"] = [{"start": 0, "end": 5, "text": "Spain", "label": "GPE"}]
    with pytest.raises(Refused, match=r"found\.jsonl, line 2: The span 0–5 reads “Norwa”"):
        evaluate(gold, written(tmp_path / "found.jsonl", record("s", SPAIN), row))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[]", r"gold\.jsonl, line 1: The record is no JSON object"),
        ('{"text": "a", "entities": [{"start": 0, "end": 1}]}', r"missing required field `label` - at `\$.entities"),
        ('{"text": "a", "stances": [{"alt": {}}]}', "missing required field `evidence`"),
        ('{"text": "a", "stances": [{"evidence": {}, "alt": {"target": "x"}}]}', "Expected `array`, got `str`"),
        ('{"text": "a", "regions": [{"start": 0}]}', "missing required field"),
        ('{"text": 1}', "Expected `str"),
        ("{}", "neither “text” nor “file”"),
    ],
)
def test_a_line_that_cannot_be_scored_is_refused(tmp_path: Path, line: str, problem: str) -> None:
    (tmp_path / "gold.jsonl").write_text(line)
    with pytest.raises(Refused, match=problem):
        evaluate(tmp_path / "gold.jsonl", tmp_path / "gold.jsonl")


@pytest.mark.parametrize(("name", "text", "what"), [("n", SPAIN, "id"), ("other", NORWAY, "text")])
def test_an_article_that_stands_twice_in_the_gold_is_refused(tmp_path: Path, name: str, text: str, what: str) -> None:
    path = written(tmp_path / "gold.jsonl", record("n", NORWAY), record(name, text))
    with pytest.raises(Refused, match=rf"gold\.jsonl, line 2: “{name}” has the {what} of the article in line 1"):
        evaluate(path, path)


def test_articles_are_measured_apart_by_what_their_meta_says(tmp_path: Path) -> None:
    wire = record("n", NORWAY, (0, 6, "GPE"), meta={"register": "wire", "tags": ["a", "b"]})
    path = written(tmp_path / "gold.jsonl", wire, record("s", SPAIN, (0, 5, "GPE"), meta={"tags": ["b"]}))
    found = written(tmp_path / "found.jsonl", record("n", NORWAY, (0, 6, "GPE")))
    by_tag = evaluate(path, found, by="tags")
    assert [(each.value, each.articles, each.tallies["entities.core"]) for each in by_tag.parts] == [
        ("a", 1, Tally(1, 1, 1)),
        ("b", 2, Tally(1, 1, 2)),
    ]
    assert [each.value for each in evaluate(path, found, by="register").parts] == ["wire"]
    assert "ARTICLES BY" in render(by_tag)


def test_without_predictions_the_suggester_reads_the_texts_and_nothing_of_the_gold(gold: Path, tmp_path: Path) -> None:
    report = evaluate(gold)
    assert report.predictions.startswith("spacy:")
    assert report.missing == ()
    blank = written(tmp_path / "blank.jsonl", record("n", NORWAY), record("s", SPAIN))
    found = [counted(evaluate(path), "entities.core").predicted for path in (gold, blank)]
    assert found[0] == found[1] > 0


def test_a_file_without_articles_is_refused(gold: Path, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="no article of the split “train”"):
        evaluate(gold, gold, split="train")
    with pytest.raises(Invalid, match=r"nowhere\.jsonl cannot be read: No such file"):
        evaluate(tmp_path / "nowhere.jsonl", gold)


def test_the_same_files_give_the_same_report(gold: Path) -> None:
    shapes: tuple[Shape, ...] = ("text", "json", "html")
    once, again = evaluate(gold, gold), evaluate(gold, gold)
    assert [render(once, shape) for shape in shapes] == [render(again, shape) for shape in shapes]


def test_the_json_report_names_each_figure(gold: Path) -> None:
    figures = json.loads(render(evaluate(gold, gold), "json"))["scores"]["figures"]
    assert figures["entities.core"] == {
        "right": 2,
        "predicted": 2,
        "gold": 2,
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "interval": {"precision": [1.0, 1.0], "recall": [1.0, 1.0], "f1": [1.0, 1.0]},
    }


def test_the_html_report_needs_nothing_else_and_escapes_the_text(gold: Path, tmp_path: Path) -> None:
    page = render(evaluate(gold, written(tmp_path / "none.jsonl", record("n", NORWAY))), "html")
    assert "⟦Spain⟧ &lt;waits&gt;." in page
    assert not [word for word in ("<waits>", "<script", "http", "src=", "url(", "@import") if word in page]


def test_an_unknown_shape_is_refused(gold: Path) -> None:
    with pytest.raises(Invalid, match="text, json, html"):
        render(evaluate(gold, gold), "pdf")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"actor_id": ["a"]},
        {"actor_id": {}},
        {"flags": 1.5},
        {"by": {"suggester": []}},
        {"by": {"votes": [1, 2]}},
        {"by": {"decided": {}}},
        {"text": 7},
    ],
)
def test_an_entity_of_another_shape_is_refused_in_either_file(
    gold: Path, tmp_path: Path, spoilt: dict[str, Any]
) -> None:
    row = record("s", SPAIN, (0, 5, "GPE"))
    row["entities"][0] |= spoilt
    bad = written(tmp_path / "bad.jsonl", row)
    for first, second in ((gold, bad), (bad, bad)):
        with pytest.raises(Refused, match="line 1: The record cannot be scored"):
            evaluate(first, second)


def test_a_text_beside_is_no_longer_than_an_article(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_bytes(b"x" * 5_000_000)
    (tmp_path / "odd.txt").write_bytes("café".encode("utf-16"))
    for name, says in (("long.txt", "more than 1,000,000 characters"), ("odd.txt", "is not UTF-8 at byte 1")):
        with pytest.raises(Refused, match=says):
            evaluate(written(tmp_path / "gold.jsonl", {"file": name, "entities": []}))
