"""The development benchmark: rebuilt byte for byte, sound by the shipped scheme, and varied enough."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from seeds.benchmark import build
from workbench.core.actors import shipped
from workbench.core.annotation import Frame
from workbench.core.record import layer_from
from workbench.core.scheme import parse
from workbench.core.text import digest

SCHEME = parse((build.SEEDS / "schemes" / "coalition.toml").read_text())
FILES = sorted(path.name for path in build.HERE.glob("*.jsonl"))
HALVES = ("dev.jsonl", "test.jsonl")


@pytest.fixture(scope="module")
def files():
    return build.built()[0]


def rows(name):
    return [json.loads(line) for line in (build.HERE / name).read_text().splitlines()]


def said(name, list_, slot):
    return Counter(frame[slot].partition(":")[0] for row in rows(name) for frame in row[list_])


def test_rebuilding_gives_the_same_bytes(files):
    assert sorted(files) == FILES
    assert {name: (build.HERE / name).read_text() for name in FILES} == files


@pytest.mark.parametrize("name", FILES)
def test_every_record_is_sound(name):
    for row in rows(name):
        assert row["text_sha256"] == digest(row["text"])
        layer = layer_from("gold", row, row["text"])
        assert [problem for item in layer.objects for problem in SCHEME.problems(item)] == []
        assert all(isinstance(frame["alt"], dict) for frame in (*row["stances"], *row["commitments"]))
        spans = sorted(entity.span for entity in layer.entities)
        assert all(one.end <= two.start for one, two in pairwise(spans))


@pytest.mark.parametrize("name", HALVES)
def test_each_half_has_every_choice(name):
    for list_, kind, slot in (
        ("commitments", "commitment", "type"),
        ("commitments", "commitment", "status"),
        ("stances", "stance", "target"),
        ("stances", "stance", "polarity"),
    ):
        wanted = {choice.name for choice in SCHEME.slot(kind, slot).choices}
        assert wanted <= said(name, list_, slot).keys()
    assert said(name, "stances", "target")["actor"]
    assert {label.name for label in SCHEME.labels} <= {e["label"] for row in rows(name) for e in row["entities"]}


@pytest.mark.parametrize("name", HALVES)
def test_enough_of_each_half_commits_nobody(name):
    found = rows(name)
    assert sum(not row["stances"] and not row["commitments"] for row in found) >= 0.3 * len(found)
    registers = {row["meta"]["register"] for row in found}
    assert registers == {"wire", "broadsheet", "tabloid", "liveblog", "communique", "headline", "press-conference"}


@pytest.mark.parametrize("name", HALVES)
def test_many_countries_act(name):
    ids = {frame["actor_id"] for row in rows(name) for frame in row["commitments"]}
    assert sum(bool(one) and one.startswith("state:") for one in ids) >= 30


def test_no_text_is_in_two_halves():
    texts = [row["text"] for name in FILES for row in rows(name)]
    assert len(texts) == len(set(texts))


def test_ids_are_those_of_the_registry():
    registry = shipped(build.SEEDS / "actors")
    names = build.Names((build.HERE / "names.txt").read_text())
    wrong = {name: number for name, number in names.ids.items() if number and not registry.by_id(number)}
    assert wrong == {}


def passage(tmp_path: Path, text: str):
    (tmp_path / "01.txt").write_text(text)
    names = build.Names((build.HERE / "names.txt").read_text())
    return build.passages_of(tmp_path, SCHEME, names)[0]


def test_the_format_says_what_is_wrong(tmp_path):
    found = passage(tmp_path, "@ a wire t\n[Norway|G] and [Oz|G] pay.\nc Norway | financing delivered | Norway sings\n")
    assert [problem.split(" in:")[0] for problem in found.problems] == [
        "nothing says who [Oz] is",
        "“Norway sings” occurs 0 times",
    ]
    found = passage(tmp_path, "@ a wire t\n[Norway|G] may pay.\nc Norway | financing conditional | Norway may pay\n")
    assert found.problems == ["c1: Condition is missing."]


def test_the_format_pairs_stance_and_commitment(tmp_path):
    found = passage(
        tmp_path,
        "@ a wire t\n[Minister|R] [Jo Day|P] of [Norway|G] said it may pay [$2m|M]; pay, he said, if asked.\n"
        "+ Norway | financing conditional | it may .. $2m | if=if asked; h=Jo Day; sp=Jo Day; m=$2m\n",
    )
    commitment, stance = (item for item in found.objects if isinstance(item, Frame))
    assert found.problems == []
    assert found.text[slice(*commitment.span)] == "it may pay $2m"
    assert (stance.actor("holder"), stance.actor("on_behalf_of"), stance.actor("polarity")) == (
        "Jo Day",
        "Norway",
        "conditional",
    )
    assert "amount" not in stance.slots


def test_the_dual_rule_is_watched(tmp_path):
    found = passage(
        tmp_path,
        "@ a wire t\n[Norway|G] will not pay.\n"
        "c Norway | financing ruled_out | Norway will not pay\n"
        "s Norway | participation supports | Norway will not pay\n",
    )
    assert list(build.doubts(found, SCHEME)) == ["c1 is ruled_out, but s1 supports"]


def test_what_is_appended_moves_nothing():
    def made(n):
        return [build.Passage(f"p{i}", "wire", ["t"], "01.txt") for i in range(n)]

    before, after = build.assign(made(5)), build.assign(made(8))
    assert before.items() <= after.items()
    assert Counter(after.values()) == {"dev": 4, "test": 4}


def test_the_readme_counts_what_is_there(files):
    assert (build.HERE / "README.md").read_text().endswith(f"{build.counts(files)}\n")
