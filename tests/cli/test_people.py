"""Accounts from the command line."""

import re

from tests.cli.conftest import Shell


def test_somebody_is_added_to_a_team_and_let_in_by_a_link(bench: Shell) -> None:
    said = bench("people", "add", "Pia Holm", "--project", "coast", "--role", "lead").output
    assert said == "Pia Holm has an account; “workbench people link 'Pia Holm'” prints a link that signs in.\n"
    assert re.fullmatch(r"http://127\.0\.0\.1:8321/sign-in/[\w-]{32}\n", bench("people", "link", "pia holm").output)
    address = bench("people", "link", "Pia Holm", "--invite", "--address", "https://bench.example/").output
    assert re.fullmatch(r"https://bench\.example/invitation/[\w-]{32}\n", address)


def test_a_name_that_nobody_has_is_answered_with_those_that_exist(bench: Shell) -> None:
    assert "there is Lena, Mia, Noor, Otto" in bench("people", "link", "Mio", code=1).stderr


def test_a_name_that_is_taken_is_refused(bench: Shell) -> None:
    assert "already" in bench("people", "add", "mia", code=1).stderr


def test_a_role_is_given_and_taken(bench: Shell) -> None:
    assert bench("people", "role", "Otto", "lead", "--project", "coast").output == "Otto: lead in coast\n"
    bench("people", "role", "Lena", "none", "--project", "coast")
    assert "needs a lead" in bench("people", "role", "Otto", "none", "--project", "coast", code=1).stderr
    assert "is not one of" in bench("people", "role", "Otto", "boss", "--project", "coast", code=2).output


def test_a_password_is_asked_for_twice_and_not_shown(bench: Shell) -> None:
    said = bench("people", "password", "Mia", text="four words make one\nfour words make one\n").output
    assert said.endswith("Mia has a new password.\n")
    assert "four words" not in said
    assert "at least 10" in bench("people", "password", "Mia", "--password", "short", code=1).stderr
    listed = bench("people", "list").output
    assert re.search(r"Mia\s+yes", listed)


def test_somebody_is_kept_out_and_let_in_again(bench: Shell) -> None:
    assert bench("people", "deactivate", "Mia").output == "Mia cannot sign in any more.\n"
    assert re.search(r"Mia\s+kept out", bench("people", "list").output)
    assert bench("people", "deactivate", "Mia", "--back").output == "Mia may sign in again.\n"


def test_a_link_for_a_new_password_replaces_the_one_before(bench: Shell) -> None:
    first, second = (bench("people", "link", "Mia", "--reset").output for _ in range(2))
    assert re.fullmatch(r"http://127\.0\.0\.1:8321/reset/[\w-]{32}\n", first)
    assert first != second


def test_the_log_goes_out_as_csv(bench: Shell) -> None:
    bench("people", "role", "Otto", "lead", "--project", "coast")
    said = bench("people", "log", "-p", "coast", "--act", "role.set", "--who", "otto").output
    assert said.splitlines()[0] == "at,who,act,to,project,from,about"
    assert ",role.set,Otto,coast,," in said
    assert "no day" in bench("people", "log", "--since", "monday", code=1).stderr
