"""Learn from the tuning half of the benchmark how often each rule is right.

Writes ``certainty.toml`` for frames and ``certainty.json`` for entities.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from workbench.core.actors import shipped
from workbench.core.annotation import Document, Frame, Layer, Source
from workbench.core.record import frame_from
from workbench.core.scheme import parse
from workbench.nlp.certainty import kinds
from workbench.nlp.mentions import Proposal
from workbench.nlp.pipeline import SpacySuggester, load

_SEEDS = Path(__file__).parent.parent
_WHO = {"commitment": ("actor", "type"), "stance": ("holder", "target")}
_WEIGHT = 4
_RARE = 5
_TUNED = 0.9
"""The rules were written with this half in view; on other texts they are right less often."""


def _agrees(frame: Frame, row: dict[str, Any], text: str) -> bool:
    """Say whether gold defends who, what and where of a proposal."""
    told = all(frame.slots.get(slot) in (row[slot], *(row.get("alt") or {}).get(slot, ())) for slot in _WHO[frame.kind])
    return told and frame.span.overlap(frame_from(frame.kind, row, text).span) >= 0.3


def _rows() -> list[dict[str, Any]]:
    files = (_SEEDS / "benchmark" / f"{name}.jsonl" for name in ("dev", "articles-dev"))
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


def _frames(rows: list[dict[str, Any]], layers: list[Layer]) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """Count for each kind of frame and rule how many were proposed, and how many were right."""
    seen: dict[str, tuple[Counter[str], Counter[str]]] = {kind: (Counter(), Counter()) for kind in _WHO}
    for row, layer in zip(rows, layers, strict=True):
        for frame in (*layer.commitments, *layer.stances):
            rule = (frame.by.cue or "").split(":")[0].split("+")[-1]
            gold = row["commitments" if frame.kind == "commitment" else "stances"]
            seen[frame.kind][0][rule] += 1
            seen[frame.kind][1][rule] += any(_agrees(frame, each, row["text"]) for each in gold)
    return seen


def _entities(rows: list[dict[str, Any]], suggester: SpacySuggester) -> dict[str, list[int]]:
    """Count for each kind of mention how many were right, and how many there were."""
    counts: dict[str, list[int]] = {}
    for row in rows:
        gold = {(each["start"], each["end"], each["label"]) for each in row["entities"]}
        for each in suggester.nlp(row["text"])._.cast.mentions:
            for kind in kinds(Proposal(each.start, each.end, each.label, each.cue, 0, each.agreed)):
                seen = counts.setdefault(kind, [0, 0])
                seen[0] += (each.start, each.end, each.label) in gold
                seen[1] += 1
    return dict(sorted(counts.items()))


def main() -> None:
    """Write the tables."""
    scheme = parse((_SEEDS / "schemes" / "coalition.toml").read_text("utf-8"))
    suggester = load(None, scheme, shipped(_SEEDS / "actors"))
    rows = _rows()
    sources = (
        Document(row["text"], source=Source(published=(row.get("source") or {}).get("published"))) for row in rows
    )
    layers = list(suggester.suggest(sources))
    lines = [
        "# How often a proposal of a rule is right, learned from the tuning half of the benchmark by",
        "# seeds/patterns/make_certainty.py; “otherwise” is for rules too rare to tell.",
    ]
    for kind, (tried, right) in _frames(rows, layers).items():
        mean = sum(right.values()) / max(1, sum(tried.values()))
        lines += ["", f"[{kind}]", f"otherwise = {_TUNED * mean:.2f}"]
        for rule, count in sorted(tried.items()):
            if count >= _RARE:
                share = (right[rule] + _WEIGHT * mean) / (count + _WEIGHT)
                lines.append(f"{rule} = {_TUNED * share:.2f}  # of {count}")
    here = Path(__file__).parent
    (here / "certainty.toml").write_text("\n".join(lines) + "\n", "utf-8")
    told = (f"{json.dumps(kind, ensure_ascii=False)}: {count}" for kind, count in _entities(rows, suggester).items())
    (here / "certainty.json").write_text("{\n" + ",\n".join(told) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
