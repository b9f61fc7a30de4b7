"""Signing in through an OpenID provider: whose account it is, and what is done with one never seen before.

An account is known by issuer and subject alone. An e-mail address is never proof of who somebody is; it only
opens the door for new accounts where the provider says that it checked it and the bench lists its domain.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workbench.core.errors import Invalid, NotAllowed
from workbench.core.words import legible
from workbench.core.workflow import Person
from workbench.services import accounts as looking
from workbench.services import people as doors
from workbench.settings import OpenID
from workbench.store import accounts, links, people


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who comes back from the provider: their claims, the invitation they hold, whom they are signed in as."""

    claims: Mapping[str, Any]
    invitation: str | None = None
    linking: Person | None = None


def arrive(session: Session, openid: OpenID, arrival: Arrival, *, agent: str, now: datetime) -> str | None:
    """Sign in who comes back from the provider; return the browser's new secret, None where it has one already."""
    issuer, subject = str(arrival.claims["iss"]), str(arrival.claims["sub"])
    if len(issuer) > 300 or len(subject) > 255:
        raise Invalid("The provider's name for your account is longer than any that can be kept; tell an admin.")
    known = accounts.identified(session, issuer, subject)
    if arrival.linking:
        _link(session, openid, arrival.linking, subject, known, now=now)
        return None
    person_id = known or _newcomer(session, openid, arrival, subject, now=now)
    row = people.person(session, person_id)
    if row is None or not row.active:
        raise NotAllowed("Your account is deactivated; ask an admin to let you in again.")
    _map_admin(session, openid, arrival.claims, Person(row.id, row.name, row.admin), now=now)
    return doors.signed_in(session, person_id, agent=agent, now=now)


def unlink(session: Session, openid: OpenID, *, by: Person, now: datetime) -> None:
    """Let somebody no longer sign in by the provider; they need a password for that."""
    if not people.password(session, by.id):
        raise Invalid("Choose a password first; without one you could not sign in any more.")
    accounts.forget_identity(session, openid.issuer, by.id)
    people.note(session, "identity.end", by=by.id, now=now, to=by.id, issuer=openid.issuer)


def _link(session: Session, openid: OpenID, by: Person, subject: str, known: int | None, *, now: datetime) -> None:
    if known == by.id:
        return
    if known:
        raise NotAllowed("That account at the provider belongs to somebody else here; use another one.")
    _keep(session, openid, subject, by.id, now=now)


def _newcomer(session: Session, openid: OpenID, arrival: Arrival, subject: str, *, now: datetime) -> int:
    if arrival.invitation:
        row = doors.invited(session, arrival.invitation, now=now)
        people.held(session, row.id)
        row = doors.invited(session, arrival.invitation, now=now)  # nobody else used the link meanwhile
        links.void(session, row.id, ("invite", "reset"), now=now)
        _keep(session, openid, subject, row.id, now=now)
        return row.id
    if not openid.create:
        raise NotAllowed(
            "You have no account here yet. Ask an admin for an invitation link and open it, or sign in "
            "with your password and link your account on the page “Your account”."
        )
    email = _checked_email(arrival.claims)
    if openid.domains and (email or "@").rsplit("@", 1)[1].lower() not in openid.domains:
        raise NotAllowed(f"Accounts are made for addresses at {', '.join(openid.domains)} that the provider checked.")
    made = doors.add(session, _free_name(session, arrival.claims), by=None, now=now)
    people.change(session, made.id, email=email)
    _keep(session, openid, subject, made.id, now=now)
    return made.id


def _keep(session: Session, openid: OpenID, subject: str, person_id: int, *, now: datetime) -> None:
    accounts.identify(session, openid.issuer, subject, person_id, now=now)
    people.note(session, "identity.link", by=person_id, now=now, to=person_id, issuer=openid.issuer)


def _checked_email(claims: Mapping[str, Any]) -> str | None:
    email = claims.get("email")
    checked = claims.get("email_verified") is True and isinstance(email, str) and "@" in email
    return str(email)[:254] if checked else None


def _free_name(session: Session, claims: Mapping[str, Any]) -> str:
    wished = next((str(claims[key]) for key in ("name", "preferred_username") if claims.get(key)), "Somebody new")
    name = "".join(each if legible(each) else " " for each in wished).strip()[:70] or "Somebody new"
    number, free = 1, name
    while people.named(session, " ".join(free.split())):
        number += 1
        free = f"{name} {number}"
    return free


def _map_admin(session: Session, openid: OpenID, claims: Mapping[str, Any], who: Person, *, now: datetime) -> None:
    if not openid.admin_group:
        return
    groups = claims.get("groups")
    admin = isinstance(groups, list) and openid.admin_group in groups
    if admin or accounts.admins(session) != {who.id}:
        looking.set_admin(session, who.id, admin, by=None, now=now)
