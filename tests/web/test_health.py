"""What watches the bench, and what every request gets at the door."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask

from tests.builders import NOW, Coast
from tests.web.browsing import Browser
from workbench.app import create_app
from workbench.services import jobs
from workbench.settings import Settings


def test_the_process_says_that_it_lives(nobody: Browser) -> None:
    assert nobody.get("/health").json == {"status": "ok"}


def test_the_bench_is_ready_when_its_database_answers_and_jobs_do_not_pile_up(nobody: Browser, coast: Coast) -> None:
    assert nobody.get("/ready").json == {"status": "ok", "database": "ok", "worker": "ok", "jobs_late": 0}
    with coast.database.writing() as session:
        project, long_ago = coast.seen_by(coast.lena), NOW - timedelta(days=1)
        jobs.ask(session, project, "suggest", {"project": "coast"}, by=coast.lena, now=long_ago)
    assert nobody.get("/ready").json["worker"] == "behind"
    assert nobody.get("/ready?worker=1").status_code == 503


def test_the_figures_are_for_this_machine_or_who_knows_the_token(settings: Settings, nobody: Browser) -> None:
    near = nobody.get("/metrics")
    assert near.status_code == 200 and "workbench_requests_total" in near.text
    assert nobody.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    assert nobody.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 404
    guarded = create_app(replace(settings, metrics_token="figures")).test_client()
    assert guarded.get("/metrics").status_code == 404
    assert guarded.get("/metrics", headers={"Authorization": "Bearer figures"}).status_code == 200


def test_a_request_keeps_the_number_that_a_server_in_front_gave_it(nobody: Browser) -> None:
    assert nobody.get("/health", headers={"X-Request-Id": "abc-1"}).headers["X-Request-Id"] == "abc-1"
    for wrong in ("a b", "x" * 65, "<script>"):
        assert nobody.get("/health", headers={"X-Request-Id": wrong}).headers["X-Request-Id"] != wrong


def test_a_host_that_is_not_ours_is_refused(settings: Settings) -> None:
    client = create_app(replace(settings, hosts=("bench.example.org",))).test_client()
    assert client.get("/sign-in", base_url="http://bench.example.org").status_code == 200
    for path in ("/nowhere", "/sign-in", "/api/v1/openapi.json"):
        answer = client.get(path, base_url="http://evil.example.org")
        assert answer.status_code == 400, path


def test_a_proxy_is_believed_only_where_one_is_configured(settings: Settings) -> None:
    forged = {"X-Forwarded-Host": "evil.example.org", "X-Forwarded-Proto": "https"}
    plain = create_app(settings).test_client().get("/projects", headers=forged)
    assert plain.location == "/sign-in?next=/projects"
    behind: Flask = create_app(replace(settings, proxies=1, hosts=("bench.example.org",)))
    assert behind.test_client().get("/sign-in", headers=forged).status_code == 400
    own = {"X-Forwarded-Host": "bench.example.org"}
    assert behind.test_client().get("/sign-in", headers=own).status_code == 200
