import http.server
import socket
import threading

import pytest

from careline.entrypoints.console import readiness


class Statuses(http.server.BaseHTTPRequestHandler):
    left: list[int] = []
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(self.left.pop(0))
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_ready_is_said_after_the_first_answer_that_is_no_error(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setattr(readiness, "SECONDS_UNTIL_A_LINE", 0.0)
    monkeypatch.setattr(Statuses, "left", [503, 500, 200])
    monkeypatch.setattr(Statuses, "asked", [])
    lines: list[str] = []
    steady = threading.Event()
    with http.server.HTTPServer((host, 0), Statuses) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        readiness.announce(server.socket, say=lines.append, then=steady.set)
        server.shutdown()
        port = server.server_port
    assert Statuses.asked == ["/api/v1/health"] * 3
    assert capfd.readouterr().out == f"ready http://{host}:{port}\n"
    assert lines[0] == "not ready yet: /api/v1/health answers 503; still trying"
    assert steady.is_set()


def test_nobody_there_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert readiness.answer_of("127.0.0.1", port) == 0
