"""gunicorn for the portal: `gunicorn --config deploy/gunicorn.py portal.wsgi`."""

import gc
import os
from typing import Any

bind = os.environ.get("PORTAL_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("PORTAL_WORKERS", 2 * (os.cpu_count() or 1)))
# Threads keep /livez answering while others wait for the database.
worker_class = "gthread"
threads = 4
timeout = 30
graceful_timeout = 20
# The code is loaded once and its memory shared.
preload_app = True
max_requests = 5000
max_requests_jitter = 500
# A heartbeat file on a slow disk would look like a hung worker.
worker_tmp_dir = "/dev/shm"  # noqa: S108 - a folder in memory, private to the worker
# nginx writes the access log, without addresses.
accesslog = None
# Nobody commands it but systemd.
control_socket_disable = True


def when_ready(_server: Any) -> None:
    """The objects of the code itself are never garbage: to look through them stopped a request for 0.2 s now and then."""
    gc.collect()
    gc.freeze()
