"""A passkey in software, and a provider of identities on this machine: what browsers and companies bring along."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Passkey:
    """ES256, no attestation. `is_verifying`: it asks for a finger; `counter` goes up with each use."""

    def __init__(self, origin: str, *, is_verifying: bool = True) -> None:
        self.origin, self.is_verifying, self.counter = origin, is_verifying, 0
        self.id = os.urandom(32)
        self.key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict[str, Any]) -> str:
        from fido2 import cbor
        from fido2.cose import ES256

        asked = options["publicKey"]
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._data(asked["rp"]["id"], 0x40) + credential
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            {"clientDataJSON": self._client("webauthn.create", asked), "attestationObject": attestation}
        )

    def get(self, options: dict[str, Any]) -> str:
        asked = options["publicKey"]
        self.counter += 1
        client, data = self._client("webauthn.get", asked), self._data(asked["rpId"], 0)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        return self._answer({"clientDataJSON": client, "authenticatorData": data, "signature": signature})

    def _data(self, site: str, more: int) -> bytes:
        flags = 0x01 | (0x04 if self.is_verifying else 0) | more
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _client(self, kind: str, asked: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin}).encode()

    def _answer(self, response: dict[str, bytes]) -> str:
        told = {name: _text(raw) for name, raw in response.items()}
        named = {"id": _text(self.id), "rawId": _text(self.id), "type": "public-key", "response": told}
        return json.dumps({**named, "clientExtensionResults": {}})


class Provider:
    """OpenID Connect for a test: `claims` is whom it vouches for; `nonce` comes from the address that the browser was sent to."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signing: Any = self.key
        self.algorithm, self.audience, self.lifetime = "RS256", "careline", 300
        self.claims: dict[str, Any] = {
            "sub": "ada-1",
            "email": "ada@northwind.example",
            "email_verified": True,
            "name": "Ada",
        }
        self.nonce, self.challenge, self.issuer = "", "", ""
        self.forms: list[dict[str, str]] = []

    def told(self, path: str, form: dict[str, str]) -> dict[str, Any] | None:
        if path == "/.well-known/openid-configuration":
            places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            return {"issuer": self.issuer} | {name: f"{self.issuer}/{place}" for name, place in places.items()}
        if path == "/keys":
            return {
                "keys": [
                    json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key())) | {"kid": "one", "use": "sig"}
                ]
            }
        if path == "/token":
            self.forms.append(form)
            verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            return {"id_token": self.token()} if _text(verifier) == self.challenge else None
        return None

    def token(self) -> str:
        import time

        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.audience, "iat": now, "exp": now + self.lifetime, "nonce": self.nonce}
        return jwt.encode({**claims, **self.claims}, self.signing, algorithm=self.algorithm, headers={"kid": "one"})

    @contextmanager
    def running(self) -> Iterator[Provider]:
        provider = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._tell(provider.told(self.path, {}))

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._tell(provider.told(self.path, {name: values[0] for name, values in parse_qs(raw).items()}))

            def _tell(self, told: dict[str, Any] | None) -> None:
                body = json.dumps(told or {"error": "invalid_grant"}).encode()
                self.send_response(200 if told else 400)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.issuer = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
