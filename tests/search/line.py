"""A line to the real cluster that can be cut, or go dead without a word."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit


class Line:
    """Passes bytes between whoever connects to `url` and the cluster, as long as it is whole."""

    def __init__(self, cluster: str) -> None:
        self._cluster = urlsplit(cluster)
        self._is_dead = threading.Event()
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = self._listener.getsockname()[1]
        self._listen()

    @property
    def url(self) -> str:
        user = self._cluster.netloc.rpartition("@")[0]
        return urlunsplit(self._cluster._replace(netloc=f"{user}@127.0.0.1:{self._port}"))

    def cut(self) -> None:
        """Connections break, and new ones are refused: the server has stopped."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._hang_up()

    def go_dead(self) -> None:
        """Connections are taken, and nothing is ever said: the server hangs."""
        self._is_dead.set()

    def mend(self) -> None:
        """As it was."""
        self._hang_up()
        self._is_dead.clear()
        if self._listener.fileno() < 0:
            self._listener = socket.create_server(("127.0.0.1", self._port))
            self._listen()

    def _listen(self) -> None:
        threading.Thread(target=self._take_calls, args=[self._listener], daemon=True).start()

    def _take_calls(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _address = listener.accept()
                there = socket.create_connection((self._cluster.hostname, self._cluster.port))
                self._ends += [here, there]
                for pair in ((here, there), (there, here)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if not self._is_dead.is_set():
                    target.sendall(data)
        for end in (source, target):
            end.close()

    def _hang_up(self) -> None:
        ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
