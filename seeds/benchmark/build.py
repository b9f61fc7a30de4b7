"""Build the benchmark's records from its parts: ``python seeds/benchmark/build.py [--counts]``.

The authoring format is told in README.md. Whatever is wrong is listed with its passage, all at once.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from seeds.benchmark.markup import (
    PLAIN,
    Names,
    Passage,
    find,
    frames,
    mark_up,
    read,
)
from workbench.core.annotation import Entity, Frame, layer_of
from workbench.core.errors import Invalid
from workbench.core.record import layer_json
from workbench.core.scheme import Scheme, parse
from workbench.core.text import digest, sentences

HERE: Final = Path(__file__).parent
SEEDS: Final = HERE.parent
SPLITS: Final = {"tuned": "dev", "wide": "wide", "fit": "fit", "blind": "blind"}
"""What a passage is for that has one of these tags; the others are halved."""


def check(passage: Passage, scheme: Scheme, names: Names) -> None:
    """Look for what the scheme forbids and for names that nobody knows."""
    known = names.ids.keys() | passage.people.keys()
    for item in passage.objects:
        passage.problems += [f"{item.id}: {problem}" for problem in scheme.problems(item)]
        actors = [item.actor] if isinstance(item, Entity) else _actors(item, scheme)
        passage.problems += [f"{item.id}: who is “{name}”?" for name in actors if name and name not in known]
    spans = sorted(item.span for item in passage.objects if isinstance(item, Entity))
    passage.problems += [f"{two} overlaps" for one, two in pairwise(spans) if two.start < one.end]


def _actors(frame: Frame, scheme: Scheme) -> list[str | None]:
    found = [frame.actor(slot.name) for slot in scheme.slots(frame.kind) if slot.kind == "actor"]
    target = frame.actor("target") or ""
    return [*found, target.partition(":")[2] if target.startswith("actor:") else None]


def doubts(passage: Passage, scheme: Scheme) -> Iterator[str]:
    """Say where the dual rule (scheme, section 5) does not hold between frames on one evidence."""
    for one in passage.objects:
        for two in passage.objects:
            if isinstance(one, Frame) and isinstance(two, Frame) and (one.kind, two.kind) == ("commitment", "stance"):
                same = one.span.overlap(two.span) >= 0.99 and two.actor("on_behalf_of") == one.actor("actor")
                wanted = scheme.pairs.polarity.get(one.actor("status") or "")
                if same and wanted and two.actor("polarity") != wanted:
                    yield f"{one.id} is {one.actor('status')}, but {two.id} {two.actor('polarity')}"


def assign(passages: list[Passage]) -> dict[str, str]:
    """Halve each construction, or each register that is neither wire nor broadsheet.

    Pairs in the order of writing; a hash says which one of a pair is for tuning, so what is appended moves nothing.
    A tag says it of those that were written for one purpose.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    split = {passage.id: SPLITS[tag] for passage in passages for tag in passage.tags if tag in SPLITS}
    for passage in passages:
        if passage.id in split:
            continue
        groups[passage.tags[0] if passage.register in PLAIN or "article" in passage.tags else passage.register].append(
            passage.id
        )
    for ids in groups.values():
        for n, one in enumerate(ids):
            flip = sha256(ids[n - n % 2].encode()).digest()[0] % 2
            split[one] = ("dev", "test")[(n + flip) % 2]
    return split


def record(passage: Passage, split: str) -> dict[str, Any]:
    """Return the passage in the shape of the gold record, with other readings beside each frame."""
    rows = layer_json(layer_of("gold", passage.objects), passage.text)
    for row in (*rows["stances"], *rows["commitments"]):
        row["alt"] = passage.alts[row["id"]]
    return {
        "format": "workbench/gold",
        "version": 1,
        "id": passage.id,
        "project": "benchmark",
        "release": None,
        "title": passage.source.get("title") or passage.id,
        "text": passage.text,
        "text_sha256": digest(passage.text),
        "language": "en",
        "source": {key: passage.source.get(key) for key in ("outlet", "url", "author", "published")}
        | {"file": passage.source.get("file") or passage.file},
        "meta": {"register": passage.register, "constructions": passage.tags},
        "cluster": passage.id,
        "split": split,
        "regions": passage.regions,
        "sentences": [list(each) for each in sentences(passage.text)],
        **rows,
        "review": {"state": "gold", "reviewers": ["lead"], "adjudicator": None, "agreement": None, "guideline": 9},
    }


def passages_of(folder: Path, scheme: Scheme, names: Names) -> list[Passage]:
    """Read every part of a folder in the order of the names."""
    found = []
    about = (SEEDS / "articles" / "metadata.jsonl").read_text().splitlines()
    metadata = {row["file"]: row for row in map(json.loads, about)}
    for path in sorted(folder.glob("*.txt")):
        for passage, prose, notes in read(path):
            mark_up(passage, prose, names)
            for line in notes:
                try:
                    if line[0] == "!":
                        kind, quote = line[2:].split(" | ")
                        passage.regions.append({**find(passage.text, quote)._asdict(), "kind": kind})
                    else:
                        frames(passage, line, scheme, names)
                except (Invalid, ValueError, KeyError) as problem:
                    passage.problems.append(f"{problem!s} in: {line}")
            check(passage, scheme, names)
            if (article := SEEDS / "articles" / f"{passage.id}.txt").exists():
                whole = article.read_text()
                passage.problems += [] if passage.text == whole.rstrip() else ["the article reads otherwise"]
                passage.text, passage.source = whole, metadata[article.name]
            found.append(passage)
    twice = [name for name, n in Counter(passage.id for passage in found).items() if n > 1]
    if twice:
        raise Invalid(f"Two passages have the id {', '.join(twice)}.")
    return found


def built() -> tuple[dict[str, str], list[str]]:
    """Return the files by name, and the warnings; raises Invalid with everything that is wrong."""
    scheme = parse((SEEDS / "schemes" / "coalition.toml").read_text())
    names = Names((HERE / "names.txt").read_text())
    files, wrong, warned = {}, [], []
    for folder, prefix in (("parts", ""), ("articles", "articles-")):
        passages = passages_of(HERE / folder, scheme, names)
        split = assign(passages)
        for passage in passages:
            wrong += [f"{passage.file} {passage.id}: {problem}" for problem in passage.problems]
            warned += [f"{passage.file} {passage.id}: {doubt}" for doubt in doubts(passage, scheme)]
        for half in ("dev", "test", "wide", "fit", "blind"):
            rows = [record(passage, half) for passage in passages if split[passage.id] == half]
            lines = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
            if lines:
                files[f"{prefix}{half}.jsonl"] = lines
    if wrong:
        raise Invalid("\n".join(wrong))
    return files, warned


def counts(files: dict[str, str]) -> str:
    """Return a Markdown table of what each file holds."""
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    readers: list[tuple[str, Callable[[dict[str, Any]], list[str]]]] = [
        ("", lambda row: ["records", *(["no frame"] if not row["stances"] + row["commitments"] else [])]),
        ("", lambda row: [kind for kind in ("entities", "stances", "commitments") for _ in row[kind]]),
        ("register ", lambda row: [row["meta"]["register"]]),
        ("label ", lambda row: [each["label"] for each in row["entities"]]),
        ("type ", lambda row: [each["type"] for each in row["commitments"]]),
        ("status ", lambda row: [each["status"] for each in row["commitments"]]),
        ("target ", lambda row: [each["target"].partition(":")[0] for each in row["stances"]]),
        ("polarity ", lambda row: [each["polarity"] for each in row["stances"]]),
    ]
    for name, lines in files.items():
        for prefix, reader in readers:
            found = Counter(value for line in lines.splitlines() for value in reader(json.loads(line)))
            for value, n in sorted(found.items()):
                rows[prefix + value][name] = n
    order = [row for prefix, _ in readers[1:] for row in rows if row.startswith(prefix) and (prefix or " " not in row)]
    order = list(dict.fromkeys(["records", "no frame", *order]))
    table = [f"| {row} | " + " | ".join(str(rows[row].get(name, 0)) for name in files) + " |" for row in order]
    return "\n".join(["|  | " + " | ".join(files) + " |", "|---" * (len(files) + 1) + "|", *table])


def main() -> int:
    """Write the files, or say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", action="store_true", help="print the table of counts")
    given = parser.parse_args()
    try:
        files, warned = built()
    except Invalid as problem:
        sys.stderr.write(f"{problem.sentence}\n")
        return 1
    for name, lines in files.items():
        (HERE / name).write_text(lines)
    sys.stderr.writelines(f"doubtful: {doubt}\n" for doubt in warned)
    if given.counts:
        sys.stdout.write(f"{counts(files)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
