"""What a bench needs that others can reach: a check of it, and configuration files to start from."""

import sys
from datetime import UTC, datetime
from importlib.resources import files

import click

from workbench.cli import show
from workbench.services import bench
from workbench.services import deploy as fitness
from workbench.settings import Settings, resource_root

FILES = {
    "nginx": ("nginx.conf",),
    "caddy": ("Caddyfile",),
    "systemd": ("workbench.service", "workbench-worker.service"),
    "gunicorn": ("gunicorn.conf.py",),
    "container": ("Containerfile",),
}


@click.command()
@click.option("--deploy", is_flag=True, help="Check as well what a bench needs that others can reach.")
@click.pass_obj
def check(settings: Settings, deploy: bool) -> None:
    """Check the bench; exit code 1 where something is not well, with what to do.

    \b
    WORKBENCH_SECURE=1 WORKBENCH_HOSTS=bench.example.org workbench check --deploy
    """
    findings = list(bench.examine(settings, resource_root()))
    if deploy:
        findings += fitness.examine(settings, now=datetime.now(UTC))
    show.table([("well" if each.well else "NOT WELL", each.about, each.sentence) for each in findings])
    if wrong := sum(not each.well for each in findings):
        click.echo(f"{wrong} of {len(findings)} are not well.", err=True)
        sys.exit(1)


@click.command()
@click.argument("what", type=click.Choice([*FILES]))
def deploy(what: str) -> None:
    """Print a configuration file to start from: nginx, caddy, systemd, gunicorn, container.

    \b
    workbench deploy nginx > /etc/nginx/conf.d/workbench.conf
    """
    for name in FILES[what]:
        if len(FILES[what]) > 1:
            click.echo(f"# {name}")
        click.echo((files("workbench") / "deploy" / name).read_text("utf-8"), nl=False)
