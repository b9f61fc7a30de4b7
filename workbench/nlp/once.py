"""Questions about a word that many rules ask: answered once for each word of an article."""

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

from spacy.tokens import Token

Answer = TypeVar("Answer")

ANSWERS: Final = "answers"
"""The hook of a document under which its answers are kept; the last component lets go of them."""


def once(question: Callable[[Token], Answer]) -> Callable[[Token], Answer]:
    """Keep what a question answers for a word; the parse must be finished by then."""

    @wraps(question)
    def asked(token: Token) -> Answer:
        known: dict[int, Answer] = token.doc.user_hooks.setdefault(ANSWERS, {}).setdefault(question, {})
        if (place := token.i) not in known:
            known[place] = question(token)
        return known[place]

    return asked
