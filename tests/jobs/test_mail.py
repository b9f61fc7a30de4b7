"""Notices by e-mail: through a mail server on loopback, tried again, and only where both sides want it."""

import smtplib
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.client import BadStatusLine, RemoteDisconnected

import pytest
from sqlalchemy import select, update

from tests.builders import NOW, Coast
from workbench.core.errors import Invalid
from workbench.jobs import mail, worker
from workbench.jobs.tasks import Bench
from workbench.jobs.tries import Later, reason
from workbench.services import accounts, inbox
from workbench.settings import Mail, Settings, from_environment
from workbench.store.schema import Job, Notice, Person, Project


@dataclass
class Post:
    """A mail server that keeps what it takes, or refuses everything."""

    port: int = 0
    refuses: bool = False
    letters: list[str] = field(default_factory=list)


@pytest.fixture
def post() -> Iterator[Post]:
    post = Post()

    class Door(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline().strip().upper():
                if line.startswith(b"MAIL") and post.refuses:
                    self.wfile.write(b"451 later\r\n")
                elif line == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    lines = list(iter(self.rfile.readline, b".\r\n"))
                    post.letters.append(b"".join(lines).decode())
                    self.wfile.write(b"250 kept\r\n")
                else:
                    self.wfile.write(b"221 bye\r\n" if line == b"QUIT" else b"250 ok\r\n")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Door)
    post.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield post
    server.shutdown()
    server.server_close()


@pytest.fixture
def notice(coast: Coast) -> int:
    with coast.database.writing() as session:
        accounts.set_contact(session, coast.mia.id, "mia@example.org", mail=True)
        project = coast.seen_by(coast.lena)
        inbox.tell_of_return(session, project, 1, coast.mia.id, "Look at\r\nBcc: x@y.z", by=coast.lena, now=NOW)
    with coast.database.reading() as session:
        return session.scalars(select(Notice.id)).one()


def with_mail(settings: Settings, post: Post) -> Settings:
    chosen = Mail("127.0.0.1", "bench@example.org", post.port, tls="none", address="https://bench.example")
    return replace(settings, mail=chosen)


def test_a_notice_goes_out_with_what_was_said_and_where_to_answer(
    coast: Coast, settings: Settings, post: Post, notice: int
) -> None:
    told = mail.send(coast.database, with_mail(settings, post), {"notice": notice, "attempt": 1}, now=NOW)
    assert told == "Mia was told."
    [letter] = post.letters
    assert "To: mia@example.org" in letter
    assert "Subject: Lena returned an article to you, in Coast" in letter
    assert "https://bench.example/inbox" in letter
    assert "\r\nBcc:" not in letter


def test_nothing_goes_out_without_a_mail_server(coast: Coast, settings: Settings, notice: int) -> None:
    told = mail.send(coast.database, settings, {"notice": notice, "attempt": 1}, now=NOW)
    assert str(told).startswith("Not sent")


def test_what_was_read_meanwhile_is_not_sent(coast: Coast, settings: Settings, post: Post, notice: int) -> None:
    with coast.database.writing() as session:
        inbox.read(session, notice, by=coast.mia, now=NOW)
    told = mail.send(coast.database, with_mail(settings, post), {"notice": notice, "attempt": 1}, now=NOW)
    assert (str(told).startswith("Not sent"), post.letters) == (True, [])


def test_a_server_that_refuses_is_tried_again_later_and_in_the_end_given_up(
    coast: Coast, settings: Settings, post: Post, notice: int
) -> None:
    post.refuses = True
    chosen = with_mail(settings, post)
    found = mail.send(coast.database, chosen, {"notice": notice, "attempt": 1}, now=NOW)
    assert isinstance(found, Later)
    assert found.due == NOW + timedelta(minutes=1)
    with pytest.raises(Invalid, match="given up after 6 tries"):
        mail.send(coast.database, chosen, {"notice": notice, "attempt": 6}, now=NOW)


def test_a_server_that_is_down_keeps_nobody_from_working_and_is_asked_again_later(
    coast: Coast, settings: Settings, notice: int
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert worker.work_once(Bench(coast.database, with_mail(settings, Post(port))), "w1")
    with coast.database.reading() as session:
        [row] = session.execute(select(Job.state, Job.payload, Job.note, Job.tries).where(Job.kind == "mail"))
        assert row[:2] == ("queued", {"notice": notice, "attempt": 2}), "the same job, so that no letter goes out twice"
        assert "did not take it: nothing listens there; the next try is at" in row.note
        assert row.tries == 0
        assert inbox.unread(session, coast.mia) == 1


def test_names_and_titles_of_several_lines_make_no_headers(
    coast: Coast, settings: Settings, post: Post, notice: int
) -> None:
    with coast.database.writing() as session:
        session.execute(update(Person).where(Person.id == coast.lena.id).values(name="Lena\r\nBcc: x@y.z"))
        session.execute(update(Project).values(title="Coast\r\nBcc: x@y.z"))
    told = mail.send(coast.database, with_mail(settings, post), {"notice": notice, "attempt": 1}, now=NOW)
    assert told == "Mia was told."
    head, _, _ = post.letters[0].partition("\r\n\r\n")
    assert "\r\nBcc:" not in head


@pytest.mark.parametrize(
    ("more", "said"),
    [({"WORKBENCH_SMTP_TLS": "maybe"}, "starttls, tls or none"), ({"WORKBENCH_SMTP_FROM": "x"}, "WORKBENCH_SMTP_FROM")],
)
def test_settings_of_mail_that_cannot_be_used_are_named(more: dict[str, str], said: str) -> None:
    usual = {"WORKBENCH_SMTP_HOST": "mail.example.org", "WORKBENCH_SMTP_FROM": "bench@example.org"}
    with pytest.raises(Invalid, match=said):
        from_environment(usual | more)
    chosen = from_environment(usual).mail
    assert chosen is not None
    assert (chosen.port, chosen.tls) == (587, "starttls")


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (TimeoutError("timed out"), "it took too long to answer"),
        (socket.gaierror(-2, "Name or service not known"), "its name cannot be found"),
        (ssl.SSLCertVerificationError(1, "certificate verify failed"), "its certificate is not one that this machine"),
        (RemoteDisconnected("closed"), "it hung up"),
        (BadStatusLine("SSH-2.0"), "it does not speak HTTP"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "it does not take the name and password"),
        (smtplib.SMTPDataError(552, b"too big"), "it answered 552"),
        (OSError(113, "No route to host"), "No route to host"),
    ],
)
def test_why_a_machine_did_not_take_it_is_said_in_words(problem: Exception, said: str) -> None:
    assert said in reason(problem)
    assert type(problem).__name__ not in reason(problem)
