"""Questions about a word that many rules ask: answered once for each word of an article."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from workbench.nlp.tree import Token

Answer = TypeVar("Answer")


def once(question: Callable[[Token], Answer]) -> Callable[[Token], Answer]:
    """Keep what a question answers for a word, as long as its document is at hand."""

    @wraps(question)
    def asked(token: Token) -> Answer:
        known: dict[int, Answer] = token.doc.answers[question]
        if (place := token.i) not in known:
            known[place] = question(token)
        return known[place]

    return asked
