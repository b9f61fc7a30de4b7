"""Installs the wheel into an empty environment and does the main job with it: ``smoke.py WHEELS LOCK``."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ARTICLES = {
    "harbour.txt": "France offered two frigates to the mission on Monday.\r\nItaly refused to send troops.\n",
    "coast.txt": "🚢 Spain said it would pay €20 million towards the patrol, if Portugal joined.\n",
}


def main(wheels: Path, lock: Path) -> None:
    """Run every step; the first that fails ends it with what it printed."""
    [wheel] = wheels.glob("*.whl")
    with tempfile.TemporaryDirectory(prefix="workbench-smoke-") as folder:
        root = Path(folder)
        workbench = installed(wheel, lock, root / "empty")
        passed(workbench, "--version", root=root)
        passed(workbench, "init", root=root)
        for name, text in ARTICLES.items():
            (root / name).write_text(text, newline="")
        passed(workbench, "import", *sorted(ARTICLES), "--project", "coast", "--create", root=root)
        passed(workbench, "suggest", "--project", "coast", root=root)
        passed(workbench, "export", "--project", "coast", "--state", "suggested", "-o", "out.jsonl", root=root)
        records = [json.loads(line) for line in (root / "out.jsonl").read_text().splitlines()]
        texts = sorted(record["text"] for record in records)
        assert texts == sorted(ARTICLES.values()), texts
        assert all(record["entities"] for record in records), records
        passed(workbench, "doctor", root=root)
        shown(workbench, root)
    print("The wheel does the main job in an empty environment.")


def installed(wheel: Path, lock: Path, place: Path) -> Path:
    """Install what the lock names and the wheel; return its command."""
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    pip = [place / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "-r", lock.resolve()], check=True)
    subprocess.run([*pip, "--no-deps", wheel.resolve()], check=True)
    return place / "bin" / "workbench"


def passed(*command: object, root: Path) -> None:
    """Run one verb away from the checkout; what it printed is shown where it fails."""
    print("$ workbench", *command[1:], flush=True)
    done = subprocess.run(list(map(str, command)), cwd=root, env=environment(root), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nexit code {done.returncode}")


def environment(root: Path, home: str = "bench") -> dict[str, str]:
    """Return an environment in which nothing of the checkout can be found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WORKBENCH", "PYTHON"))}
    return kept | {"WORKBENCH_HOME": str(root / home)}


def shown(workbench: Path, root: Path) -> None:
    """Start the demo, follow the link that it prints, and stop it as Ctrl+C does."""
    port = free_port()
    print("$ workbench demo", flush=True)
    command = [workbench, "demo", "--port", str(port)]
    log = root / "demo.log"
    with log.open("w") as out:
        demo = subprocess.Popen(
            command, cwd=root, env=environment(root, "demo"), stdout=out, stderr=out, start_new_session=True
        )
    try:
        link = wait_for_link(log, demo)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(link, timeout=30) as answer:
            page = answer.read().decode()
        assert answer.status == 200, page
        assert "/sign-in" not in answer.url, answer.url
    finally:
        demo.send_signal(signal.SIGINT)
        code = demo.wait(timeout=60)
    assert code == 0, f"{log.read_text()}\nexit code {code}"


def wait_for_link(log: Path, demo: subprocess.Popen[bytes]) -> str:
    """Return the sign-in link once it is printed."""
    for _ in range(1800):
        if found := re.search(r"http://\S+/sign-in/\S+", log.read_text()):
            return found[0]
        if demo.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit(f"The demo printed no link.\n{log.read_text()}")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
