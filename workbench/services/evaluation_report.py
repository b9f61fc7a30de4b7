"""An evaluation as text for a terminal, as JSON for programs, as one HTML page to keep."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from html import escape
from typing import Any, Final, Literal

from workbench.core.errors import Invalid
from workbench.core.measures import Figure, Tally
from workbench.core.words import many
from workbench.services.evaluation import Report
from workbench.services.evaluation_tables import Table, tables

Shape = Literal["text", "json", "html"]

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d1f24; --soft: #5b606b; --paper: #fff; --line: #d9dce2; --band: #f4f5f8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e9ec; --soft: #a5aab5; --paper: #16181d; --line: #343843; --band: #1e2128; }
}
body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .25rem; }
p { color: var(--soft); margin: .25rem 0 .75rem; max-width: 45rem; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
tbody th { color: var(--ink); background: inherit; position: sticky; left: 0; }
.word { text-align: left; overflow-wrap: break-word; min-width: 7rem; }
tbody tr { background: var(--paper); } tbody tr:nth-child(even) { background: var(--band); }
"""


def render(report: Report, shape: Shape = "text") -> str:
    """Write a report; the same report gives the same characters."""
    shapes: dict[str, Callable[[Report], str]] = {"text": _text, "json": _json, "html": _html}
    if shape not in shapes:
        raise Invalid(f"A report is written as {', '.join(shapes)}, not as “{shape}”.")
    return shapes[shape](report)


def _heading(report: Report) -> Iterator[str]:
    count = report.scores.articles
    yield f"{many(count, 'article')} of {report.gold}, read by {report.predictions}."
    if report.missing:
        yield f"Without predictions, counted as missed: {_some(report.missing)}."
    if report.surplus:
        yield f"Predicted but not in the gold, left out: {_some(report.surplus)}."
    if report.differing:
        yield f"Predicted on another text, counted as missed: {_some(report.differing)}."


def _some(names: tuple[str, ...]) -> str:
    rest = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return f"{len(names)} ({', '.join(names[:10])}{rest})"


def _text(report: Report) -> str:
    lines = list(_heading(report))
    for table in tables(report):
        lines += ["", table.title.upper(), *([table.note] if table.note else [])]
        if table.words == len(table.columns):
            for row in table.rows:
                lines += ["", *(f"  {column:<10}{cell}" for column, cell in zip(table.columns, row, strict=True))]
        else:
            lines += _columns(table)
    return "\n".join(lines) + "\n"


def _columns(table: Table) -> list[str]:
    grid = [table.columns, *table.rows]
    if table.matrix:
        numbered = [(f"{n} {row[0]}", *row[1:]) for n, row in enumerate(table.rows, 1)]
        grid = [("", *map(str, range(1, len(table.columns)))), *numbered]
    widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
    lines = []
    for row in grid:
        cells = [
            cell.ljust(width) if n < table.words else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def _html(report: Report) -> str:
    first, *rest = map(escape, _heading(report))
    body = "".join(map(_section, tables(report)))
    notes = "".join(f"<p>{line}</p>\n" for line in (first, *rest))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Evaluation of {escape(report.predictions)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>Evaluation</h1>\n{notes}{body}</main>\n</body>\n</html>\n"
    )


def _section(table: Table) -> str:
    note = f"<p>{escape(table.note)}</p>\n" if table.note else ""
    head = "".join(_cell(cell, "col", word=n < table.words) for n, cell in enumerate(table.columns))
    rows = "".join(f"<tr>{_row(table, row)}</tr>\n" for row in table.rows)
    return (
        f"<section>\n<h2>{escape(table.title)}</h2>\n{note}"
        f'<div class="wide" tabindex="0" role="group" aria-label="{escape(table.title)}"><table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n</section>\n"
    )


def _row(table: Table, row: tuple[str, ...]) -> str:
    return "".join(_cell(cell, None if n else "row", word=n < table.words) for n, cell in enumerate(row))


def _cell(cell: str, heads: str | None, *, word: bool) -> str:
    """Return a cell; ``heads`` says what it is the heading of, if of anything."""
    kind = ' class="word"' if word else ""
    tag, scope = ("th", f' scope="{heads}"') if heads else ("td", "")
    return f"<{tag}{scope}{kind}>{escape(cell)}</{tag}>"


def _json(report: Report) -> str:
    return json.dumps(_plain(report), ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: every record an object with named fields."""
    if isinstance(value, Figure):
        bounds = {"precision": value.precision, "recall": value.recall, "f1": value.f1}
        return _plain(value.tally) | {"interval": bounds}
    if isinstance(value, Tally):
        return value._asdict() | {"precision": value.precision, "recall": value.recall, "f1": value.f1}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(each) for name, each in value._asdict().items()}
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
