"""Named places at which a test lets a process die, to show that nothing is lost there. Without the variable they are nothing."""

import os
import signal


def failpoint(name: str) -> None:
    """Kills this process as the kernel would, if the environment names this place in PORTAL_FAILPOINT."""
    if os.environ.get("PORTAL_FAILPOINT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
