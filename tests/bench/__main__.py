"""Run the benches: ``python -m tests.bench [NAME…] [--articles N] [--model NAME]``, or ``make bench``.

Every ratio compares Workbench with the least that could do the same work, in the same run on the
same machine; absolute times only say what machine it was.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Final

from tests.bench import (
    adjudicating,
    apart,
    claims,
    crowd,
    desk,
    exporting,
    growing,
    importing,
    page,
    preannotate,
    saving,
    scale,
    serving,
    wide,
    workers,
)
from tests.bench.command import Failed
from tests.bench.measure import Line, table

BENCHES: Final = {
    "preannotate": preannotate.lines,
    "growing": growing.lines,
    "import": importing.lines,
    "apart": apart.lines,
    "workers": workers.lines,
    "save": saving.lines,
    "crowd": crowd.lines,
    "scale": scale.lines,
    "wide": wide.lines,
    "export": exporting.lines,
    "serve": serving.lines,
    "page": page.lines,
    "desk": desk.lines,
    "claims": claims.lines,
    "adjudicate": adjudicating.lines,
}


def main() -> int:
    """Print a table a bench; 1 where one could not be run or misses its aim."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which benches: {', '.join(BENCHES)} (default: all)")
    parser.add_argument("--articles", type=int, default=240, help="how many articles to run through (default: 240)")
    parser.add_argument("--items", type=int, default=claims.QUEUE, help="how long a queue is (default: %(default)s)")
    parser.add_argument("--minutes", type=float, default=claims.BOUND / 60, help="how long an engine is claimed from")
    parser.add_argument("--model", help="the spaCy model (default: the one that Workbench chooses)")
    options = parser.parse_args()
    claims.QUEUE, claims.BOUND = options.items, options.minutes * 60
    if unknown := set(options.names) - BENCHES.keys():
        parser.error(f"there is no bench {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    good = True
    for name in options.names or BENCHES:
        with tempfile.TemporaryDirectory(prefix=f"bench-{name}-") as folder:
            try:
                lines: list[Line] = BENCHES[name](Path(folder), options.articles, options.model)
            except Failed as problem:
                print(f"\n{name}: could not be run\n{problem}", flush=True)
                good = False
                continue
        print(f"\n{name}\n{table(lines)}", flush=True)
        good &= all(line.met is not False for line in lines)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
