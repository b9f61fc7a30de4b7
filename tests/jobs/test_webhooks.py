"""Notices of releases: signed, tried again, and never to where they should not go. Only loopback is asked."""

import hmac
import ipaddress
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.builders import NOW, Coast
from tests.releasing import finish, make
from workbench.core.errors import Invalid
from workbench.jobs import tries, webhooks
from workbench.jobs.tasks import Bench
from workbench.jobs.tries import Later
from workbench.jobs.webhooks import Undelivered, deliver, public
from workbench.services import releases
from workbench.settings import Settings, from_environment
from workbench.store import jobs

SECRET = "a secret of the two"


@dataclass
class Receiver:
    """A server on loopback that keeps what it is told and answers as told."""

    url: str
    answers: list[int] = field(default_factory=list)
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.heard.append((self.path, dict(self.headers), body))
            status = found.answers.pop(0) if found.answers else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"{found.url}/elsewhere")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def place(coast: Coast, settings: Settings, receiver: Receiver) -> Bench:
    told = replace(settings, webhooks=(f"{receiver.url}/hook?key=1",), webhook_secret=SECRET, webhook_private=True)
    return Bench(coast.database, told)


def announced(coast: Coast, place: Bench) -> None:
    finish(coast)
    make(coast, webhooks=place.settings.webhooks)


def work(place: Bench, now=NOW) -> list[str]:
    """Do the notices that are due, as a worker does."""
    said = []
    while True:
        with place.database.writing() as session:
            job = jobs.claim(session, "test", now=now, silent_since=now - timedelta(minutes=1))
        if job is None:
            return said
        try:
            found, state = webhooks.tell(place.settings, job.payload, now=now), "done"
        except Invalid as problem:
            found, state = problem.sentence, "failed"
        said.append(found.note if isinstance(found, Later) else found)
        with place.database.writing() as session:
            if isinstance(found, Later):
                jobs.again(session, job.id, "test", due=found.due, payload=found.payload)
            else:
                jobs.end(session, job.id, "test", state, found, now=now)


def test_a_release_is_told_with_a_signature(coast: Coast, place: Bench, receiver: Receiver) -> None:
    announced(coast, place)
    assert work(place) == ["127.0.0.1 was told."]
    [(path, headers, body)] = receiver.heard
    assert path == "/hook?key=1"
    told = json.loads(body)
    assert (told["event"], told["project"], told["release"], told["articles"]) == ("release.created", "coast", "1.0", 1)
    signed = headers["X-Workbench-Timestamp"].encode() + b"." + body
    mine = hmac.new(SECRET.encode(), signed, "sha256").hexdigest()
    assert headers["X-Workbench-Signature"] == f"sha256={mine}"


def test_the_contract_shows_how_to_check_a_signature() -> None:
    page = (Path(__file__).parents[2] / "exports" / "releases.md").read_text("utf-8")
    source = page.split("```python")[1].split("```")[0]
    known: dict = {}
    exec(compile(source, "releases.md", "exec"), known)
    import datetime

    headers = webhooks.headers(b"{}", SECRET, datetime.datetime.now(datetime.UTC))
    assert known["genuine"](headers, b"{}", SECRET)
    assert not known["genuine"](headers, b"{ }", SECRET)
    assert not known["genuine"](webhooks.headers(b"{}", SECRET, NOW), b"{}", SECRET), "an old one"


def test_a_withdrawal_is_told_too(coast: Coast, place: Bench, receiver: Receiver) -> None:
    announced(coast, place)
    with coast.database.writing() as session:
        urls = place.settings.webhooks
        releases.withdraw(session, coast.project, "1.0", "Wrong.", by=None, now=NOW, webhooks=urls)
    work(place)
    assert [json.loads(body)["event"] for _, _, body in receiver.heard] == ["release.created", "release.withdrawn"]
    assert json.loads(receiver.heard[1][2])["withdrawn_why"] == "Wrong."


def test_a_release_that_fails_is_not_told(coast: Coast, place: Bench, receiver: Receiver) -> None:
    with pytest.raises(Invalid):
        make(coast, webhooks=place.settings.webhooks)
    assert work(place) == []


def test_what_was_not_received_is_tried_again_with_growing_pauses(
    coast: Coast, place: Bench, receiver: Receiver
) -> None:
    receiver.answers = [500, 302, 404]
    announced(coast, place)
    now = NOW
    assert work(place, now) == ["127.0.0.1 answered 500; the next try is at 09:01 UTC."]
    assert work(place, now) == [], "not before it is due"
    for minutes, said in ((1, "answered 302"), (5, "answered 404"), (30, "was told")):
        now += timedelta(minutes=minutes)
        assert said in work(place, now)[0]
    assert [path for path, _, _ in receiver.heard] == ["/hook?key=1"] * 4, "no redirect was followed"


def test_a_receiver_that_never_answers_is_given_up(coast: Coast, place: Bench, receiver: Receiver) -> None:
    receiver.answers = [503] * 9
    announced(coast, place)
    now, said = NOW, []
    for pause in (timedelta(), *tries.PAUSES):
        now += pause
        said += work(place, now)
    assert said[-1] == "127.0.0.1 answered 503; given up after 6 tries."
    assert work(place, now + timedelta(days=9)) == []


def test_an_address_that_is_no_longer_listed_is_not_asked(coast: Coast, place: Bench, receiver: Receiver) -> None:
    announced(coast, place)
    place.settings = replace(place.settings, webhooks=())
    assert work(place) == ["Not sent: WORKBENCH_WEBHOOKS does not list the address any more."]
    assert receiver.heard == []


def test_private_addresses_are_refused_unless_allowed(coast: Coast, place: Bench, receiver: Receiver) -> None:
    announced(coast, place)
    place.settings = replace(place.settings, webhook_private=False)
    [said] = work(place)
    assert "no address of the public internet" in said
    assert receiver.heard == []


def test_a_name_that_leads_to_loopback_is_refused(monkeypatch: pytest.MonkeyPatch, receiver: Receiver) -> None:
    port = urlsplit(receiver.url).port
    rows = [(2, 1, 6, "", ("93.184.216.34", port)), (2, 1, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_rest: rows)
    with pytest.raises(Invalid, match="public internet"):
        deliver(f"http://hooks.example:{port}/", b"{}", SECRET, private=False, now=NOW)
    assert receiver.heard == []


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    port = urlsplit(receiver.url).port
    asked = []

    def resolved(*args: object, **_rest: object):
        asked.append(args)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(webhooks.socket, "getaddrinfo", resolved)
    monkeypatch.setattr(webhooks.socket, "create_connection", _numeric(socket.create_connection))
    deliver(f"http://hooks.example:{port}/x", b"{}", SECRET, private=True, now=NOW)
    assert [args[0] for args in asked if args[0] == "hooks.example"] == ["hooks.example"], "resolved once"
    assert receiver.heard[0][1]["Host"] == f"hooks.example:{port}"


def _numeric(connect):
    def checked(address, *rest):
        ipaddress.ip_address(address[0])
        return connect(address, *rest)

    return checked


def test_nobody_there_is_no_end(receiver: Receiver) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(Undelivered, match="did not answer"):
        deliver(f"http://127.0.0.1:{port}/", b"{}", SECRET, private=True, now=NOW)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "2001:0:7f00:1::",
        "::127.0.0.1", "::10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1", "192.0.0.8", "192.88.99.1", "3fff::1",
        "5f00::1",
    ],
)  # fmt: skip
def test_what_is_not_the_public_internet(address: str) -> None:
    assert not public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_what_is_the_public_internet(address: str) -> None:
    assert public(ipaddress.ip_address(address))


def test_webhooks_need_a_secret_and_addresses() -> None:
    with pytest.raises(Invalid, match="SECRET"):
        from_environment({"WORKBENCH_WEBHOOKS": "https://a.example"})
    with pytest.raises(Invalid, match="https://"):
        from_environment({"WORKBENCH_WEBHOOKS": "ftp://a.example", "WORKBENCH_WEBHOOK_SECRET": "x"})
    found = from_environment({"WORKBENCH_WEBHOOKS": "https://a.example http://b", "WORKBENCH_WEBHOOK_SECRET": SECRET})
    assert found.webhooks == ("https://a.example", "http://b")
    assert SECRET not in repr(found)
