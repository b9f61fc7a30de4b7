"""Whether a password is easily guessed, and what would make it better."""

import re
from typing import Final

SHORTEST: Final = 10
LONGEST: Final = 1000
_LEET: Final = str.maketrans("013457@$!|", "oieastasil")
_COMMON: Final = frozenset({
    "abc", "admin", "administrator", "annotation", "annotate", "baseball", "batman", "changeme", "dragon", "default",
    "football", "guest", "hallo", "hello", "iloveyou", "ilovey", "letmein", "login", "lovely", "master", "michael",
    "monkey", "pass", "passwd", "password", "passwort", "princess", "qwerty", "qwertz", "qwertyuiop", "qwertzuiop",
    "asdf", "asdfgh", "asdfghjkl", "root", "secret", "shadow", "starwars", "summer", "sunshine", "superman", "temp",
    "test", "tester", "trustno", "user", "welcome", "whatever", "winter", "workbench", "azerty", "azertyuiop",
    "zxcvbn", "zxcvbnm", "yxcvbnm",
})  # fmt: skip
_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "qwertzuiop",
    "asdfghjkl",
    "zxcvbnm",
)


def weakness(password: str, name: str = "") -> str | None:
    """Return what is wrong with a password and how to make a better one; None for one that will do."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"A password has at least {SHORTEST} characters (and at most {LONGEST}); four words make a good one."
    plain = password.casefold()
    if len(set(plain)) < 5:
        return "That password repeats a few characters, which is tried first; four words make a better one."
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    if _common(core) or _common(core.translate(_LEET)) or _common(plain.translate(_LEET).strip("isa")):
        return "That is one of the passwords that are tried first, with or without digits; take four words instead."
    if _walks(plain):
        return "That password follows the alphabet, the digits or the keyboard; four words make a better one."
    if any(part in plain for part in _parts(name)) and len(re.sub("|".join(_parts(name)), "", plain)) < SHORTEST - 3:
        return "That password is little more than your name; four words make a better one."
    return None


def _common(word: str) -> bool:
    half = word[: len(word) // 2]
    return word in _COMMON or (half * 2 == word and half in _COMMON)


def _walks(word: str) -> bool:
    rows = [row for line in _ROWS for row in (line, line[::-1])]
    letters = [each for each in re.split(r"[\W_]+", word) if each]
    return all(any(part in row for row in rows) for run in letters for part in re.findall(r"\d+|\D+", run))


def _parts(name: str) -> list[str]:
    return [re.escape(part) for part in name.casefold().split() if len(part) > 2]
