"""The configuration files that `workbench deploy` prints, tried on the programs that they are for."""

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
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
def running(command: list[str], port: int, **rest: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; it has to listen by then."""
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **rest)  # type: ignore[call-overload]
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, server.stdout.read().decode()
            time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=60)


@pytest.mark.parametrize("what", FILES)
def test_each_file_is_printed_and_names_what_to_replace(what: str) -> None:
    assert "orkbench" in printed(what)


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed; on Debian: apt install nginx-light")
def test_nginx_speaks_tls_for_the_bench_and_is_believed(tmp_path: Path) -> None:
    near, far, plain = free_port(), free_port(), free_port()
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=bench.example.org"]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    text = printed("nginx")
    for old, new in (
        ("127.0.0.1:8321", f"127.0.0.1:{near}"), ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{far} ssl"), ("/etc/ssl/certs/bench.example.org.pem", str(certificate)),
        ("/etc/ssl/private/bench.example.org.key", str(key)),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    folders = "".join(
        f"{name}_temp_path {tmp_path / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"daemon off;\npid {tmp_path / 'pid'};\nerror_log {tmp_path / 'errors'};\nevents {{}}\n"
        f"http {{\naccess_log off;\n{folders}{text}\n}}\n"
    )
    environment = {
        "PATH": "/usr/bin:/bin", "WORKBENCH_HOME": str(tmp_path / "bench"), "WORKBENCH_SECURE": "1",
        "WORKBENCH_HOSTS": "bench.example.org", "WORKBENCH_PROXIES": "1",
    }  # fmt: skip
    own = [sys.executable, "-m", "workbench"]
    subprocess.run([*own, "init"], env=environment, check=True, capture_output=True, cwd=tmp_path)
    serve = [*own, "serve", "--no-worker", "--port", str(near)]
    checked = subprocess.run([NGINX, "-t", "-c", whole], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with (
        running(serve, near, env=environment, cwd=tmp_path),
        running([NGINX, "-c", str(whole)], far),
    ):
        answer = asked(far, "/sign-in")
        assert "HTTP/2 200" in answer or "HTTP/1.1 200" in answer
        assert re.search(r"(?i)set-cookie: __Host-workbench=.*; Secure; HttpOnly; Path=/; SameSite=Lax", answer)
        assert re.search(r"(?i)strict-transport-security: max-age=31536000", answer)
        assert " 404" in asked(far, "/metrics").splitlines()[0]
        assert " 400" in asked(far, "/sign-in", host="evil.example.org").splitlines()[0]
        assert " 301" in asked(plain, "/", scheme="http").splitlines()[0]


def asked(port: int, path: str, *, host: str = "bench.example.org", scheme: str = "https") -> str:
    """Return the head of an answer."""
    address = f"{scheme}://{host}:{port}{path}"
    command = ["curl", "-sk", "--max-time", "30", "--resolve", f"{host}:{port}:127.0.0.1", "-D", "-", "-o", "/dev/null"]
    return subprocess.run([*command, "-H", f"Host: {host}", address], capture_output=True, text=True, check=True).stdout


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
