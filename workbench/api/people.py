"""One's own account and tokens, everybody's accounts, and teams."""

from workbench.api import paging
from workbench.api.calls import Call, operation
from workbench.api.shapes.base import Done
from workbench.api.shapes.people import (
    Account,
    Active,
    AdminWish,
    Invited,
    Member,
    Members,
    NewMember,
    NewName,
    NewPerson,
    NewToken,
    PasswordLink,
    PeopleQuery,
    RoleWish,
    Secret,
    TeamQuery,
    Token,
    Tokens,
)
from workbench.core.errors import NotAllowed, NotFound
from workbench.services import accounts, people, tokens


@operation("GET", "/account", tag="account", scope="read", told=Account)
def account(call: Call) -> Account:
    """Tell who the token acts for, and what it is good for."""
    return Account(
        id=call.by.id, name=call.by.name, admin=call.by.admin, scopes=sorted(call.holder.scopes)
    )  # fmt: skip


@operation("GET", "/account/tokens", tag="account", scope="manage", told=Tokens)
def my_tokens(call: Call) -> Tokens:
    """List one's tokens."""
    return Tokens(items=[Token.model_validate(row) for row in tokens.listing(call.session, call.by, now=call.now)])


@operation(
    "POST", "/account/tokens", tag="account", scope="manage", body=NewToken, told=Secret, status=201, secret=True
)
def make_token(call: Call) -> Secret:
    """Make a token that can do no more than the one that asks; its secret is told this once."""
    if not set(call.body.scopes) <= call.holder.scopes:
        raise NotAllowed("A token makes only tokens with scopes that it has itself.")
    made, secret = tokens.make(
        call.session, call.body.name, call.body.scopes, call.body.days, by=call.by, now=call.now
    )  # fmt: skip
    return Secret(id=made, token=secret)


@operation("POST", "/account/tokens/<int:token_id>/revoke", tag="account", scope="manage", told=Done)
def revoke_token(call: Call) -> Done:
    """End a token at once and for good."""
    tokens.revoke(call.session, call.path["token_id"], by=call.by, now=call.now)
    return Done()


@operation("GET", "/people", tag="people", scope="manage", admin=True, query=PeopleQuery, told=Members)
def everybody(call: Call) -> Members:
    """List accounts by name."""
    asked = call.query
    rows = accounts.search(call.session, asked.find, after=paging.after(asked.after), limit=asked.limit + 1)
    page, onward = paging.page(rows, asked.limit)
    return Members(items=[Member.model_validate(row) for row in page], next=onward)


@operation(
    "POST", "/people", tag="people", scope="manage", admin=True, body=NewPerson, told=Invited, status=201, secret=True
)
def add_person(call: Call) -> Invited:
    """Make an account, with an invitation to choose a password."""
    made = people.add(call.session, call.body.name, admin=call.body.admin, by=call.by, now=call.now)
    return Invited(id=made.id, name=made.name, invitation=_invitation(call, made.id))


@operation(
    "POST", "/people/<int:person_id>/invitation", tag="people", scope="manage", admin=True, told=Invited, secret=True
)
def invite(call: Call) -> Invited:
    """Make a fresh link by which somebody chooses a password, good for a week."""
    found = _somebody(call)
    return Invited(id=found.id, name=found.name, invitation=_invitation(call, found.id))


@operation("PUT", "/people/<int:person_id>/active", tag="people", scope="manage", admin=True, body=Active, told=Done)
def set_active(call: Call) -> Done:
    """Keep somebody out, with all browsers and tokens, or let them in again; their work stays."""
    people.set_active(call.session, _somebody(call).id, call.body.active, by=call.by, now=call.now)
    return Done()


@operation("PUT", "/people/<int:person_id>/name", tag="people", scope="manage", admin=True, body=NewName, told=Done)
def rename_person(call: Call) -> Done:
    """Change how somebody is called; what they have done stays theirs."""
    accounts.rename(call.session, _somebody(call).id, call.body.name, by=call.by, now=call.now)
    return Done()


@operation("PUT", "/people/<int:person_id>/admin", tag="people", scope="manage", admin=True, body=AdminWish, told=Done)
def set_admin(call: Call) -> Done:
    """Make somebody an admin, or no longer one; the last stays."""
    accounts.set_admin(call.session, _somebody(call).id, call.body.admin, by=call.by, now=call.now)
    return Done()


@operation(
    "POST", "/people/<int:person_id>/password-link", tag="people", scope="manage", admin=True, told=PasswordLink,
    secret=True,
)  # fmt: skip
def password_link(call: Call) -> PasswordLink:
    """Make a link by which somebody who forgot their password chooses another."""
    return PasswordLink(path=f"/reset/{people.reset_link(call.session, _somebody(call).id, by=call.by, now=call.now)}")


@operation("POST", "/people/<int:person_id>/sign-out", tag="people", scope="manage", admin=True, told=Done)
def sign_out_person(call: Call) -> Done:
    """Sign somebody out of all browsers."""
    accounts.end_sign_in(call.session, _somebody(call).id, "all", by=call.by, now=call.now)
    return Done()


@operation("GET", "/projects/<slug>/team", tag="people", act="settle", query=TeamQuery, told=Members)
def members(call: Call) -> Members:
    """List a project's team by name."""
    asked = call.query
    rows = people.members(
        call.session, call.project.id, find=asked.find, after=paging.after(asked.after), limit=asked.limit + 1
    )  # fmt: skip
    page, onward = paging.page(rows, asked.limit)
    return Members(items=[Member.model_validate(row) for row in page], next=onward)


@operation(
    "POST", "/projects/<slug>/team", tag="people", act="settle", body=NewMember, told=Invited, status=201, secret=True
)
def join(call: Call) -> Invited:
    """Put somebody on the team; who has no account yet gets one, with an invitation."""
    invitation = None
    try:
        found = people.find(call.session, call.body.name)
    except NotFound:
        found = people.add(call.session, call.body.name, by=call.by, now=call.now)
        invitation = _invitation(call, found.id)
    people.set_role(call.session, call.project.id, found.id, call.body.role, by=call.by, now=call.now)
    return Invited(id=found.id, name=found.name, invitation=invitation)


@operation("PUT", "/projects/<slug>/team/<int:person_id>", tag="people", act="settle", body=RoleWish, told=Done)
def change_role(call: Call) -> Done:
    """Change somebody's role, or take them off the team with null."""
    person_id = call.path["person_id"]
    people.change_role(call.session, call.project.id, person_id, call.body.role, by=call.by, now=call.now)
    return Done()


def _somebody(call: Call) -> Member:
    return Member.model_validate(people.numbered(call.session, call.path["person_id"]))


def _invitation(call: Call, person_id: int) -> str:
    return f"/invitation/{people.invitation_link(call.session, person_id, by=call.by, now=call.now)}"
