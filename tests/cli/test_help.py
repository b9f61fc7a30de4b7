"""Every verb explains itself, and the exit code tells what kind of no it was."""

from collections.abc import Iterator

import click
import pytest

from tests.cli.conftest import Shell
from workbench import __version__
from workbench.cli import main

OBVIOUS = {"host", "port", "threads", "processes", "output", "gold", "slug"}


def verbs(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from verbs(command, (*path, name))


VERBS = {" ".join(path): command for path, command in verbs()}
LEAVES = {name: command for name, command in VERBS.items() if not isinstance(command, click.Group)}


def test_the_version_is_said(shell: Shell) -> None:
    assert shell("--version").output == f"workbench, version {__version__}\n"


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_explains_itself_in_a_sentence(shell: Shell, name: str) -> None:
    said = shell(*name.split(), "--help").output
    assert said.startswith(f"Usage: main {name}")
    sentence = (VERBS[name].help or "").strip().splitlines()[0]
    assert sentence.endswith((".", ":"))
    assert sentence[0].isupper()


@pytest.mark.parametrize("name", LEAVES)
def test_every_option_says_what_it_is_for(name: str) -> None:
    for option in LEAVES[name].params:
        if isinstance(option, click.Option) and option.name not in OBVIOUS and not option.hidden:
            assert option.help or isinstance(option.type, click.Choice), f"{name} --{option.name}"


@pytest.mark.parametrize("name", LEAVES)
def test_an_option_that_does_not_exist_is_a_mistake_in_use(shell: Shell, name: str) -> None:
    said = shell(*name.split(), "--no-such-option", code=2)
    assert "No such option" in said.output


def test_a_verb_that_does_not_exist_is_a_mistake_in_use(shell: Shell) -> None:
    assert "No such command 'imprt'" in shell("imprt", code=2).output


@pytest.mark.parametrize(
    "words",
    [
        ("suggest", "--project", "coast"),
        ("import", ".", "--project", "coast"),
        ("export", "--project", "coast"),
        ("people", "list"),
        ("serve",),
        ("worker", "--once"),
    ],
)
def test_where_there_is_no_bench_one_is_told_to_make_one(shell: Shell, words: tuple[str, ...]) -> None:
    said = shell(*words, code=1)
    assert f"There is no bench in {shell.home}; run “workbench init”, or set WORKBENCH_HOME." in said.stderr
    assert not shell.home.exists()


@pytest.mark.parametrize("name", ["WORKBENCH_SECURE", "WORKBENCH_UPLOAD_LIMIT", "WORKBENCH_LEASE_MINUTES"])
def test_a_setting_that_cannot_be_used_is_named(shell: Shell, name: str) -> None:
    shell.environment[name] = "perhaps"
    assert f"{name} is “perhaps”" in shell("people", "list", code=1).stderr
