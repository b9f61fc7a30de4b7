"""The configuration files that `workbench deploy` prints, tried on the programs that they are for."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from workbench.cli import main
from workbench.cli.serving import FILES

NGINX = shutil.which("nginx") or (Path("/usr/sbin/nginx").exists() and "/usr/sbin/nginx") or None


def printed(what: str) -> str:
    done = CliRunner().invoke(main, ["deploy", what])
    assert done.exit_code == 0, done.output
    return done.output


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, *, tls: bool = False, **rest: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; it has to listen by then, and with ``tls`` to have its certificate."""
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **rest)  # type: ignore[call-overload]
    try:
        for _ in range(600):
            if _listens(port, tls=tls):
                break
            assert server.poll() is None, server.stdout.read().decode()
            time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=60)


def _listens(port: int, *, tls: bool) -> bool:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as probe:
            if tls:
                context.wrap_socket(probe, server_hostname="bench.example.org").close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize("what", FILES)
def test_each_file_is_printed_and_names_what_to_replace(what: str) -> None:
    assert "orkbench" in printed(what)


@dataclass
class Front:
    """A server in front of a bench: its command, the ports of the bench and of TLS, and one without, if any."""

    command: list[str]
    near: int
    far: int
    plain: int | None = None
    environment: dict[str, str] = field(default_factory=dict)


def replaced(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def nginx(folder: Path) -> Front:
    if NGINX is None:
        pytest.skip("nginx is not installed; on Debian: apt install nginx-light")
    near, far, plain = free_port(), free_port(), free_port()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=bench.example.org"]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    text = replaced(
        printed("nginx"), ("127.0.0.1:8321", f"127.0.0.1:{near}"), ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{far} ssl"), ("/etc/ssl/certs/bench.example.org.pem", str(certificate)),
        ("/etc/ssl/private/bench.example.org.key", str(key)),
    )  # fmt: skip
    folders = "".join(
        f"{name}_temp_path {folder / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole, user = folder / "nginx.conf", "user root;\n" if os.getuid() == 0 else ""
    whole.write_text(
        f"{user}daemon off;\npid {folder / 'pid'};\nerror_log {folder / 'errors'};\nevents {{}}\n"
        f"http {{\naccess_log off;\n{folders}{text}\n}}\n"
    )
    checked = subprocess.run([NGINX, "-t", "-c", whole], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    return Front([NGINX, "-c", str(whole)], near, far, plain)


def caddy(folder: Path) -> Front:
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("Caddy is not installed; on Debian: apt install caddy")
    near, far = free_port(), free_port()
    text = replaced(
        printed("caddy"), ("127.0.0.1:8321", f"127.0.0.1:{near}"),
        ("\nbench.example.org {", f"\nhttps://bench.example.org:{far} {{\n\tbind 127.0.0.1\n\ttls internal"),
    )  # fmt: skip
    whole = folder / "Caddyfile"
    whole.write_text("{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n" + text)
    own = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    command = ["--config", str(whole), "--adapter", "caddyfile"]
    checked = subprocess.run([program, "validate", *command], capture_output=True, text=True, env=own, check=False)
    assert checked.returncode == 0, checked.stderr
    return Front([program, "run", *command], near, far, environment=own)


@pytest.mark.slow
@pytest.mark.parametrize("front", [nginx, caddy])
def test_a_server_in_front_speaks_tls_for_the_bench_and_is_believed(
    tmp_path: Path, front: Callable[[Path], Front]
) -> None:
    made = front(tmp_path)
    environment = {
        "PATH": "/usr/bin:/bin", "WORKBENCH_HOME": str(tmp_path / "bench"), "WORKBENCH_SECURE": "1",
        "WORKBENCH_HOSTS": "bench.example.org", "WORKBENCH_PROXIES": "1",
    }  # fmt: skip
    own = [sys.executable, "-m", "workbench"]
    subprocess.run([*own, "init"], env=environment, check=True, capture_output=True, cwd=tmp_path)
    scopes = [word for scope in ("read", "import", "manage") for word in ("--scope", scope)]
    told = subprocess.run(
        [*own, "token", "add", "Admin", *scopes], env=environment, check=True, capture_output=True, cwd=tmp_path
    )
    serve = [*own, "serve", "--no-worker", "--port", str(made.near)]
    with (
        running(serve, made.near, env=environment, cwd=tmp_path),
        running(made.command, made.far, tls=True, **({"env": made.environment} if made.environment else {})),
    ):
        answer = asked(made.far, "/sign-in")
        assert " 200" in answer.splitlines()[0], answer
        assert re.search(r"(?i)set-cookie: __Host-workbench=.*; Secure; HttpOnly; Path=/; SameSite=Lax", answer)
        assert re.search(r"(?i)strict-transport-security: max-age=31536000", answer)
        assert " 404" in asked(made.far, "/metrics").splitlines()[0]
        if made.plain:
            assert " 400" in asked(made.far, "/sign-in", host="evil.example.org").splitlines()[0]
            assert " 301" in asked(made.plain, "/", scheme="http").splitlines()[0]
        used_by_a_program(made.far, told.stdout.decode().strip(), tmp_path)
    log = subprocess.run([*own, "people", "log"], env=environment, check=True, capture_output=True, cwd=tmp_path)
    assert re.search(r"project\.add,.*,127\.0\.0\.9,", log.stdout.decode()), log.stdout.decode()


def used_by_a_program(port: int, token: str, folder: Path) -> None:
    """Make a project from another address, send more than is kept in memory, and ask for what one has."""
    bearer = ("-H", f"Authorization: Bearer {token}")
    new = ("--interface", "127.0.0.9", "-H", "Content-Type: application/json", "-d", '{"title": "Coast"}')
    assert " 201" in asked(port, "/api/v1/projects", *bearer, *new).splitlines()[0]
    large = folder / "large.jsonl"
    large.write_text("".join(f'{{"text": "Boat {n} left. {"x" * 1000}"}}\n' for n in range(8_000)))
    sent = ("-H", "Content-Type: application/jsonl", "-H", "Expect:", "--data-binary", f"@{large}")
    assert " 202" in asked(port, "/api/v1/projects/coast/imports", *bearer, *sent).splitlines()[0]
    [kept] = (folder / "bench" / "uploads").glob("*/records.jsonl")
    assert kept.read_bytes() == large.read_bytes()
    first = asked(port, "/api/v1/projects/coast/board", *bearer)
    found = re.search(r"(?i)\betag: (.+)", first)
    assert found, first
    again = asked(port, "/api/v1/projects/coast/board", *bearer, "-H", f"If-None-Match: {found[1].strip()}")
    assert " 304" in again.splitlines()[0]


def asked(port: int, path: str, *more: str, host: str = "bench.example.org", scheme: str = "https") -> str:
    """Return the head of an answer."""
    address = f"{scheme}://{host}:{port}{path}"
    command = ["curl", "-sk", "--max-time", "60", "--resolve", f"{host}:{port}:127.0.0.1", "-D", "-", "-o", "/dev/null"]
    done = subprocess.run(
        [*command, "-H", f"Host: {host}", *more, address], capture_output=True, text=True, check=True
    )  # fmt: skip
    return done.stdout


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not installed")
    for name in FILES["systemd"]:
        unit = tmp_path / name
        text = (files("workbench") / "deploy" / name).read_text("utf-8")
        unit.write_text(replaced(text, ("/opt/workbench/bin/workbench", sys.executable)))
        done = subprocess.run([program, "verify", unit], capture_output=True, text=True, check=False)
        assert name not in done.stderr and done.returncode == 0, done.stderr


def test_gunicorn_serves_several_processes_and_adds_their_figures_up(tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "gunicorn.conf.py").write_text(printed("gunicorn"))
    figures = tmp_path / "figures"
    figures.mkdir()
    environment = {
        "PATH": "/usr/bin:/bin", "WORKBENCH_HOME": str(tmp_path / "bench"), "WORKBENCH_BIND": f"127.0.0.1:{port}",
        "PROMETHEUS_MULTIPROC_DIR": str(figures),
    }  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "workbench", "init"], env=environment, check=True, cwd=tmp_path, capture_output=True
    )
    command = [sys.executable, "-m", "gunicorn", "-c", str(tmp_path / "gunicorn.conf.py"), "workbench.wsgi:app"]
    with running(command, port, env=environment, cwd=tmp_path):
        for _ in range(20):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=60) as answer:
                assert answer.status == 200
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
            text = answer.read().decode()
    found = re.search(r'workbench_requests_total\{endpoint="health.health",method="GET",status="200"\} (\d+)', text)
    assert found and int(found[1]) == 20, text[:500]
