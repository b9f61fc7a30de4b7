"""Learn from the tuning half of the benchmark how often each rule for entities is right; writes ``certainty.json``."""

import json
from pathlib import Path

from workbench.core.actors import shipped
from workbench.core.scheme import parse
from workbench.nlp.certainty import kinds
from workbench.nlp.mentions import Proposal
from workbench.nlp.pipeline import load

_SEEDS = Path(__file__).parent.parent


def main() -> None:
    """Write the table."""
    scheme = parse((_SEEDS / "schemes" / "coalition.toml").read_text("utf-8"))
    nlp = load(None, scheme, shipped(_SEEDS / "actors")).nlp
    counts: dict[str, list[int]] = {}
    for path in (_SEEDS / "benchmark" / f"{name}.jsonl" for name in ("dev", "articles-dev")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            gold = {(each["start"], each["end"], each["label"]) for each in row["entities"]}
            for each in nlp(row["text"])._.cast.mentions:
                for kind in kinds(Proposal(each.start, each.end, each.label, each.cue, 0, each.agreed)):
                    seen = counts.setdefault(kind, [0, 0])
                    seen[0] += (each.start, each.end, each.label) in gold
                    seen[1] += 1
    told = (f"{json.dumps(kind, ensure_ascii=False)}: {count}" for kind, count in sorted(counts.items()))
    (_SEEDS / "patterns" / "certainty.json").write_text("{\n" + ",\n".join(told) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
