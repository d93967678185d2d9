"""A real Dovecot of the test's own, on loopback, with a configuration that is thrown away."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from imapclient import IMAPClient

from tests.certificates import self_signed

USER, PASSWORD = "support", "s3cret"
FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin")

CONFIG = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
first_valid_uid = 0
mail_location = maildir:{root}/mail/%u
# Where the system has no watches left, Dovecot looks by itself only every half minute.
mailbox_idle_check_interval = 1s
mail_fsync = never
maildir_stat_dirs = no
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {root}/oauth2.conf
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""

OAUTH2 = """
introspection_mode = auth
introspection_url = http://127.0.0.1:{port}/introspect
username_attribute = user
"""


class Dovecot:
    def __init__(self):
        found = shutil.which("dovecot", path=os.pathsep.join([os.environ.get("PATH", ""), *FOLDERS]))
        assert found, "These tests need a real IMAP server: install Debian's package dovecot-imapd (make setup does)."
        self.program = found
        self.good_tokens = set()
        # Not pytest's own folder: Dovecot's helpers run as other users and must get through to their sockets.
        self.root = Path(tempfile.mkdtemp(prefix="careline-dovecot-"))
        self.root.chmod(0o711)
        self.mail = self.root / "mail"
        self.mail.mkdir()
        self.port, self.tls_port = _free_port(), _free_port()
        self.certificate, key = self_signed(self.root)
        self._introspection = _introspection(self.good_tokens)
        self._configure(key)

    def _configure(self, key):
        root = os.geteuid() == 0
        me = getpass.getuser()
        uid, gid = (65534, 65534) if root else (os.getuid(), os.getgid())
        if root:
            os.chown(self.mail, uid, gid)
        config = CONFIG.format(
            root=self.root,
            certificate=self.certificate,
            key=key,
            password=PASSWORD,
            uid=uid,
            gid=gid,
            port=self.port,
            tls_port=self.tls_port,
            internal="dovecot" if root else me,
            login="dovenull" if root else me,
            group="dovecot" if root else subprocess.check_output(["id", "-gn"], text=True).strip(),
        )
        (self.root / "dovecot.conf").write_text(config)
        (self.root / "oauth2.conf").write_text(OAUTH2.format(port=self._introspection.server_port))

    def start(self):
        command = [self.program, "-F", "-c", self.root / "dovecot.conf"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
        until = time.monotonic() + 20
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                    if line.recv(4) == b"* OK":
                        return self
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"Dovecot did not start: {self.log()}")
            time.sleep(0.02)

    def stop(self):
        # The whole group: its children would serve those who are connected for another ten seconds.
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()

    def close(self):
        self.stop()
        self._introspection.shutdown()
        self._introspection.server_close()
        shutil.rmtree(self.root, ignore_errors=True)

    def log(self):
        file = self.root / "log"
        return file.read_text() if file.exists() else ""

    def client(self, user=USER):
        """Somebody else's mail program on the same mailbox."""
        client = IMAPClient("127.0.0.1", port=self.port, ssl=False, timeout=10)
        client.login(user, PASSWORD)
        return client


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _introspection(good_tokens):
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            good = self.headers.get("Authorization", "").removeprefix("Bearer ") in good_tokens
            body = b'{"active": true, "user": "support"}' if good else b'{"active": false}'
            self.send_response(200 if good else 401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server
