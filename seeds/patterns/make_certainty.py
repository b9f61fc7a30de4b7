"""Count on the tuning half of the benchmark how often each kind of entity proposal is right.

    python seeds/patterns/make_certainty.py

writes certainty.json beside this file: kind → [right, made].
"""

import json
from collections import Counter
from pathlib import Path

from workbench.core import actors, scheme
from workbench.nlp.certainty import kinds
from workbench.nlp.mentions import Proposal
from workbench.nlp.pipeline import load

_HERE = Path(__file__).parent
_SEEDS = _HERE.parent


def main() -> None:
    """Run the pipeline over the benchmark and write the counts."""
    read = scheme.parse((_SEEDS / "schemes" / "coalition.toml").read_text(encoding="utf-8"))
    suggester = load(None, read, actors.shipped(_SEEDS / "actors"))
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    for line in (_SEEDS / "benchmark" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = {(each["start"], each["end"], each["label"]) for each in row["entities"]}
        for mention in suggester.nlp(row["text"])._.cast.mentions:
            found = Proposal(mention.start, mention.end, mention.label, mention.cue, 0, mention.agreed)
            for kind in kinds(found):
                made[kind] += 1
                right[kind] += (mention.start, mention.end, mention.label) in gold
    rows = [f"{json.dumps(kind, ensure_ascii=False)}: [{right[kind]}, {made[kind]}]" for kind in sorted(made)]
    (_HERE / "certainty.json").write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
