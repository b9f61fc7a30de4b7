"""Articles by the words of their titles and outlets, through an index of words that each engine keeps by itself.

What is looked for are the beginnings of words, all of them, in any order and case: what stands inside a word would
take a look at every article. SQLite keeps the words in an FTS5 table, PostgreSQL in a GIN index.
"""

import re
from typing import Any

from sqlalchemy import column, false, func, literal, literal_column, table
from sqlalchemy.orm import Session

from workbench.store import dialects
from workbench.store.schema import Article
from workbench.store.schema.articles import WORDS

WORD = re.compile(r"[^\W_]+")
_EMBEDDED: Any = table("article_words", column("rowid"), column("article_words"))


def narrowed(session: Session, query: Any, find: str, after: int) -> Any:
    """Return a query for articles narrowed to those with words that begin as the ones in ``find`` do."""
    words = WORD.findall(find)
    if not words:
        return query.where(false())
    if dialects.embedded(session):
        wanted = " ".join(f'"{word}"*' for word in words)
        query = query.join(_EMBEDDED, _EMBEDDED.c.rowid == Article.id)
        return query.where(_EMBEDDED.c.article_words.op("MATCH")(wanted), _EMBEDDED.c.rowid > after)
    wanted = " & ".join(f"'{word}':*" for word in words)
    return query.where(literal_column(WORDS).op("@@")(func.to_tsquery(literal_column("'simple'"), literal(wanted))))
