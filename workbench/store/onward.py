"""Where a page of a list goes on: behind the row that the page before ended with, whatever came or went meanwhile."""

from typing import Any

from sqlalchemy import false, select, tuple_
from sqlalchemy.orm import Session


def behind(session: Session, query: Any, order: tuple[Any, ...], after: int, limit: int | None) -> Any:
    """Return a query for the rows behind a row, 0 for the first ones, in an order whose last column numbers them."""
    if after:
        row = session.execute(select(*order).where(order[-1] == after)).one_or_none()
        query = query.where(tuple_(*order) > tuple_(*row) if row else false())
    return query.order_by(*order).limit(limit)
