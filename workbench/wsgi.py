"""The app for WSGI servers, from the environment: ``gunicorn workbench.wsgi:app``."""

import gc

from workbench import COLLECTING, logs
from workbench.app import create_app
from workbench.services import bench
from workbench.settings import from_environment, open_home
from workbench.store.engine import Database

gc.set_threshold(*COLLECTING)
settings = from_environment()
logs.configure(as_json=settings.log_json)
open_home(settings)
_database = Database(settings.database_url)
bench.check_version(_database)
_database.dispose()
app = create_app(settings)
