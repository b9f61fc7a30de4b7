"""Sending notices by e-mail, where a mail server is configured: tried again with growing pauses, never twice."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from workbench.jobs.tries import Later, again, reason
from workbench.settings import Mail, Settings
from workbench.store import inbox
from workbench.store.engine import Database
from workbench.store.inbox import NoticeRow

SUBJECTS = {
    "mention": "{by} mentioned you",
    "question": "{by} asked something",
    "answer": "{by} answered",
    "return": "{by} returned an article to you",
    "test": "Test results of {by}",
}
_TIMEOUT = 20.0


def send(database: Database, settings: Settings, payload: dict[str, Any], *, now: datetime) -> str | Later:
    """Send one notice or say when to try again; raises Invalid where there is none left."""
    if settings.mail is None:
        return "Not sent: WORKBENCH_SMTP_HOST names no mail server."
    with database.reading() as session:
        row = inbox.notice(session, payload["notice"])
    if row is None or row.email is None or row.read_at is not None:
        return "Not sent: it was read already, or there is no address."
    try:
        deliver(settings.mail, letter(settings.mail, row))
    except (OSError, smtplib.SMTPException) as problem:
        why = f"{settings.mail.host} did not take it: {reason(problem)}"
        return again(payload, why, now=now)
    return f"{row.person} was told."


def letter(mail: Mail, row: NoticeRow) -> EmailMessage:
    """Return the letter for a notice; it holds no passage of the article, only what was written to its reader."""
    made = EmailMessage()
    made["From"], made["To"] = mail.sender, row.email
    subject = SUBJECTS[row.kind].format(by=_line(row.by or "Somebody"))
    made["Subject"] = f"{subject}, in {_line(row.project)}"
    made["Auto-Submitted"] = "auto-generated"
    made["Message-ID"] = f"<notice-{row.id}@{mail.sender.rsplit('@', 1)[1].rstrip('>')}>"
    where = f"{mail.address}/inbox" if mail.address else "your inbox on the bench"
    made.set_content(
        f"{subject}, on “{row.title or row.article}”:\n\n{row.words}\n\nRead and answer it here: {where}\n\n"
        "You get this because you ticked “Send me notices by e-mail too” on the page “Your account”.\n"
    )
    return made


def _line(words: str) -> str:
    """Return words on one line: a header has no more."""
    return " ".join(words.split())


def deliver(mail: Mail, message: EmailMessage) -> None:
    """Hand a letter to the mail server."""
    context = ssl.create_default_context()
    if mail.tls == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=_TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=_TIMEOUT)
    with server:
        if mail.tls == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, mail.password)
        server.send_message(message)
