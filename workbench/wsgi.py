"""The app for WSGI servers, from the environment: ``gunicorn workbench.wsgi:app``."""

import gc

from workbench import COLLECTING, logs
from workbench.app import create_app
from workbench.services import bench
from workbench.settings import from_environment

gc.set_threshold(*COLLECTING)
settings = from_environment()
logs.configure(as_json=settings.log_json)
with bench.opened(settings):
    pass
app = create_app(settings)
