"""Accounts, tokens and teams."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from workbench.api.shapes.base import Given, Next, Paged, Told

Role = Literal["viewer", "reviewer", "adjudicator", "lead"]
Scope = Literal["read", "review", "import", "export", "manage"]


class Account(Told):
    """Who the token acts for, and what it is good for."""

    id: int
    name: str
    admin: bool
    scopes: list[str]


class Token(Told):
    """A token, without its secret."""

    id: int
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


class Tokens(Told):
    """One's tokens, newest first: all that are good, and the newest that have ended."""

    items: list[Token]


class NewToken(Given):
    """A token to be made; it cannot do or outlast more than the one that makes it."""

    name: str = Field(min_length=1, max_length=80)
    scopes: list[Scope] = Field(min_length=1, max_length=5)
    days: int = Field(90, ge=1, le=366)


class Secret(Told):
    """A fresh token: the secret is told this once."""

    id: int
    token: str


class Member(Told):
    """Somebody with an account, with their role where a project was asked for."""

    id: int
    name: str
    admin: bool
    active: bool
    role: str | None = None


class PeopleQuery(Paged):
    """A page of people."""

    find: str = Field("", max_length=80, description="In the name or the e-mail address.")


class TeamQuery(Paged):
    """A page of a team."""

    find: str = Field("", max_length=80, description="In the name.")


class Members(Next):
    """People, by name."""

    items: list[Member]


class NewPerson(Given):
    """An account to be made."""

    name: str = Field(min_length=1, max_length=80)
    admin: bool = False


class NewMember(Given):
    """Somebody for a project's team; who has no account yet gets one, with an invitation."""

    name: str = Field(min_length=1, max_length=80)
    role: Role = "reviewer"


class Invited(Told):
    """Somebody, with the path of a link by which they choose a password where they have just got an account."""

    id: int
    name: str
    invitation: str | None


class RoleWish(Given):
    """A role in the project, or null to take somebody off the team."""

    role: Role | None


class Active(Given):
    """Whether somebody may come in; their work stays in any case."""

    active: bool


class NewName(Given):
    """Another name."""

    name: str = Field(min_length=1, max_length=80)


class AdminWish(Given):
    """Whether somebody is an admin."""

    admin: bool


class PasswordLink(Told):
    """The path of a link by which a password is chosen, once."""

    path: str
