"""The command line with a bench of its own."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from workbench.cli import main


class Shell:
    """Runs verbs on one bench and keeps its environment."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {"WORKBENCH_HOME": str(home), "WORKBENCH_DATABASE_URL": ""}

    def __call__(self, *words: object, code: int = 0, text: str | None = None) -> Result:
        """Run a verb; where it ends with another code than expected, what it said is the failure."""
        result = CliRunner(env=self.environment).invoke(main, [str(word) for word in words], input=text)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A folder without a bench."""
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path / "bench")


@pytest.fixture
def bench(shell: Shell, templates: Callable[[str, bool], str]) -> Shell:
    """A bench with the coast in it."""
    shell.home.mkdir(mode=0o700)
    shutil.copy(templates("sqlite", True), shell.home / "workbench.db")
    return shell
