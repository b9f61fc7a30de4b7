"""Learn from the development half of the benchmark how often each rule is right; writes certainty.toml."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from workbench.core.actors import shipped
from workbench.core.annotation import Document, Frame
from workbench.core.record import frame_from
from workbench.core.scheme import parse
from workbench.nlp.pipeline import load

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


def _counts() -> dict[str, tuple[Counter[str], Counter[str]]]:
    seen: dict[str, tuple[Counter[str], Counter[str]]] = {kind: (Counter(), Counter()) for kind in _WHO}
    scheme = parse((_SEEDS / "schemes" / "coalition.toml").read_text("utf-8"))
    suggester = load(None, scheme, shipped(_SEEDS / "actors"))
    rows = [json.loads(line) for line in (_SEEDS / "benchmark" / "dev.jsonl").read_text("utf-8").splitlines()]
    for row, layer in zip(rows, suggester.suggest(Document(text=row["text"]) for row in rows), strict=True):
        for frame in (*layer.commitments, *layer.stances):
            rule = (frame.by.cue or "").split(":")[0].split("+")[-1]
            gold = row["commitments" if frame.kind == "commitment" else "stances"]
            seen[frame.kind][0][rule] += 1
            seen[frame.kind][1][rule] += any(_agrees(frame, each, row["text"]) for each in gold)
    return seen


def main() -> None:
    """Write the table."""
    lines = [
        "# How often a proposal of a rule is right, learned from the development half of the benchmark by",
        "# seeds/patterns/make_certainty.py; “otherwise” is for rules too rare to tell.",
    ]
    for kind, (tried, right) in _counts().items():
        mean = sum(right.values()) / max(1, sum(tried.values()))
        lines += ["", f"[{kind}]", f"otherwise = {_TUNED * mean:.2f}"]
        for rule, count in sorted(tried.items()):
            if count >= _RARE:
                share = (right[rule] + _WEIGHT * mean) / (count + _WEIGHT)
                lines.append(f"{rule} = {_TUNED * share:.2f}  # of {count}")
    (Path(__file__).parent / "certainty.toml").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
