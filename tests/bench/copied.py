"""Rows multiplied by the database itself, one statement a table, on either engine."""

from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Table, text

_NEW: Final = {
    "article": {
        "key": "a.key || '-' || g.n",
        "title": "a.title || ' ' || g.n",
        "text": "a.text || g.n",
        "text_sha256": "hashed(a.text || g.n)",
        "cluster": "a.cluster || '-' || g.n",
    },
    "decision": {"key": "md5(a.key || g.n)"},
    "standing": {"article_id": "a.article_id + g.n * {article}"},
}
_COUNTED: Final = "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < :times)"
_HASHED: Final = (
    "CREATE FUNCTION pg_temp.hashed(text) RETURNS text LANGUAGE sql IMMUTABLE "
    "AS $$ SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex') $$"
)


def copied(connection: Connection, tables: list[type[Any]], times: int) -> None:
    """Copy every row of some tables so many times; what refers to a copied row refers to its copy."""
    posted = connection.dialect.name == "postgresql"
    if posted:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # references hold as they are made
        connection.execute(text(_HASHED))
    else:
        driver: Any = connection.connection.driver_connection
        driver.create_function("hashed", 1, lambda words: sha256(words.encode()).hexdigest(), deterministic=True)
    made = [each.__table__ for each in tables]
    strides = {each.name: _most(connection, each.name) for each in made if "id" in each.columns}
    for each in made if times else ():
        connection.execute(text(_copies(each, strides, "pg_temp." if posted else "")), {"times": times})
    for name in strides if posted else ():
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"))


def _copies(table: Table, strides: dict[str, int], where: str) -> str:
    new = {name: said.format_map(strides) for name, said in _NEW.get(table.name, {}).items()}
    for column in table.columns:
        target = next((key.column.table.name for key in column.foreign_keys), table.name if column.name == "id" else "")
        if target in strides:
            new[column.name] = f"a.{column.name} + g.n * {strides[target]}"
    columns = ", ".join(f'"{each.name}"' for each in table.columns)
    values = ", ".join(new.get(each.name, f'a."{each.name}"') for each in table.columns)
    values = values.replace("hashed(", f"{where}hashed(")
    return f"{_COUNTED} INSERT INTO {table.name} ({columns}) SELECT {values} FROM {table.name} a CROSS JOIN g"


def _most(connection: Connection, table: str) -> int:
    found: int = connection.execute(text(f"SELECT coalesce(max(id), 0) FROM {table}")).scalar_one()
    return found
