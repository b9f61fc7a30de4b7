"""The bare pipeline: ``python -m tests.bench.bare MODEL ARTICLES.jsonl`` reads the articles and keeps nothing.

Prints the seconds spent in ``nlp.pipe`` alone; loading the model is in the process's whole time.
"""

import json
import sys
import time
from pathlib import Path

import spacy


def main(model: str, articles: str) -> None:
    """Stream the texts through the model, nothing disabled and nothing added."""
    nlp = spacy.load(model)
    with Path(articles).open(encoding="utf-8") as lines:
        texts = (json.loads(line)["text"] for line in lines)
        begun = time.perf_counter()
        for _ in nlp.pipe(texts):
            pass
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main(*sys.argv[1:])
