"""The README's table of settings: every variable that is read, none that is not, with the defaults that hold."""

import re
from pathlib import Path

import pytest

from workbench.core.errors import Invalid
from workbench.services import bench
from workbench.settings import Settings, from_environment, secret_key

ROOT = Path(__file__).parents[1]
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
    assert bench.variables() == table().keys()


def test_a_misspelt_variable_is_named_with_the_one_that_may_be_meant() -> None:
    services = ("WORKBENCH_PORT", "WORKBENCH_SERVICE_HOST", "WORKBENCH_PORT_8321_TCP_ADDR")  # by a cluster, for a pod
    said = [
        each.sentence
        for each in bench.misspelt({"WORKBENCH_SECUR", "WORKBENCH_DATABASE", "WORKBENCH_HOSTS", *services})
    ]
    assert said == [
        "WORKBENCH_DATABASE is read by nothing; WORKBENCH_DATABASE_URL may be meant",
        "WORKBENCH_SECUR is read by nothing; WORKBENCH_SECURE may be meant",
    ]


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


WRONG = {
    "WORKBENCH_SECURE=maybe": "say 1 or 0",
    "WORKBENCH_UPLOAD_LIMIT=1e6": "a whole number from 100000 to",
    "WORKBENCH_UPLOAD_LIMIT=0": "a whole number from 100000 to",
    "WORKBENCH_LEASE_MINUTES=0": "a whole number from 1 to 525600",
    "WORKBENCH_LEASE_MINUTES=999999999999999999": "a whole number from 1 to 525600",
    "WORKBENCH_PROXIES=-1": "a whole number from 0 to 10",
    "WORKBENCH_READ_MEMORY=1": "a whole number from 100000000 to",
    "WORKBENCH_HOSTS=https://bench.example.org/": "bare names",
    "WORKBENCH_HOME=/srv/what?": "a question mark",
    "WORKBENCH_HOME=/srv/bench%20": "a question mark or %",
    "WORKBENCH_HOME=~nobody-of-that-name": "nobody of that name has a folder here",
    "WORKBENCH_EXPORTS=~nobody-of-that-name": "nobody of that name has a folder here",
    "WORKBENCH_WEBHOOKS=gopher://x": "begin with https:// or http://",
    "WORKBENCH_OIDC_ISSUER=ftp://x": "begins with https://",
    "WORKBENCH_SMTP_HOST=mail": "WORKBENCH_SMTP_FROM",
    "WORKBENCH_SMTP_HOST=mail WORKBENCH_SMTP_FROM=a@b WORKBENCH_SMTP_PORT=99999": "from 1 to 65535",
    "WORKBENCH_SMTP_HOST=mail WORKBENCH_SMTP_FROM=a@b WORKBENCH_ADDRESS=bench": "WORKBENCH_ADDRESS begins with",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_used_is_refused_with_what_can(wrong: str) -> None:
    with pytest.raises(Invalid, match=WRONG[wrong]):
        from_environment({"HOME": "/"} | dict(each.split("=", 1) for each in wrong.split()))


def test_a_key_that_was_cut_off_signs_nothing(tmp_path: Path) -> None:
    settings = from_environment({"WORKBENCH_HOME": str(tmp_path)})
    assert len(secret_key(settings)) == 64
    (tmp_path / "secret").write_text("")
    with pytest.raises(Invalid, match="is cut off"):
        secret_key(settings)
