"""The README's table of settings: every variable that is read, none that is not, with the defaults that hold."""

import re
from pathlib import Path

from workbench.settings import Settings, from_environment

ROOT = Path(__file__).parents[1]
READ = re.compile(r"WORKBENCH_[A-Z]+(?:_[A-Z]+)*")
ROW = re.compile(r"^\| (`WORKBENCH_[^|]*) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)


def table() -> dict[str, str]:
    """Return the variables of the table with their defaults; a short name continues the one before it."""
    found = {}
    for names, said in ROW.findall((ROOT / "README.md").read_text("utf-8")):
        whole, defaults = "", [each.strip() for each in said.split(",")]
        for number, name in enumerate(re.findall(r"`[…]?([A-Z_]+)`", names)):
            whole = (
                name
                if name.startswith("WORKBENCH_")
                else f"{whole.rsplit('_', 1)[0]}{'' if name[0] == '_' else '_'}{name}"
            )
            found[whole] = defaults[number] if len(defaults) > number else defaults[-1]
    return found


def test_the_readme_lists_every_variable_that_is_read() -> None:
    sources = (ROOT / "workbench" / "settings.py", ROOT / "workbench" / "deploy" / "gunicorn.conf.py")
    read = {name for source in sources for name in READ.findall(source.read_text("utf-8"))}
    assert read == table().keys()


def test_numbers_in_the_readme_are_the_defaults() -> None:
    settings, told = from_environment({"HOME": "/"}), table()
    for name, said in told.items():
        if said.isdecimal() and (value := default(settings, name)) is not None:
            assert int(value) == int(said), name


def default(settings: Settings, variable: str) -> int | None:
    """Return what holds where a variable is not set."""
    name = variable.removeprefix("WORKBENCH_").lower()
    short = name.removeprefix("read_").removeprefix("zip_")
    return getattr(settings, name, getattr(settings.limits, short, None))
