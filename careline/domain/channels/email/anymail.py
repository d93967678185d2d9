"""Mail out through a sending service (Postmark, Mailgun, Amazon SES …) by django-anymail, with the same results as by SMTP.

Django and anymail are imported when the first mail is sent, not before.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Mapping, Sequence
from email.encoders import encode_base64
from email.message import EmailMessage as ParsedMail
from email.mime.base import MIMEBase
from email.utils import getaddresses
from typing import Any
from urllib.parse import parse_qsl

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.email.route import BadRoute
from careline.domain.channels.email.sending import Fate, Outcome, SendResult

SERVICES = {
    "amazon_ses", "brevo", "mailersend", "mailgun", "mailjet", "mailtrap", "mandrill",
    "postal", "postmark", "resend", "scaleway", "sendgrid", "sparkpost", "unisender_go",
}  # fmt: skip
SET_BY_THE_SERVICE = {
    "from", "to", "cc", "bcc", "subject", "reply-to", "mime-version", "return-path", "received", "dkim-signature",
}  # fmt: skip
KEYS = {"postmark": "server_token", "mailersend": "api_token", "mailtrap": "api_token", "scaleway": "secret_key"}
ARRIVED = {"sent", "queued", "unknown"}
NOT_NOW = {429, 503}
NOT_ALLOWED = {401, 402, 403, 404, 407}


def send_by_service(raw: bytes, *, channel: ChannelRow, mail_from: str, recipients: Sequence[str]) -> SendResult:
    """By the service a mailbox names: "postmark", or with more of its settings "mailgun?sender_domain=mg.example.com".

    Raises BadRoute. The secret `anymail_key` is the service's key; Mailjet's is written KEY:SECRET.
    """
    service, _, more = str(channel.settings["anymail"]).strip().partition("?")
    options: dict[str, Any] = dict(parse_qsl(more, keep_blank_values=True))
    key = channel.secrets.get("anymail_key", "")
    if service == "mailjet":
        options["api_key"], _, options["secret_key"] = key.partition(":")
    elif key and service != "amazon_ses":
        options[KEYS.get(service, "api_key")] = key
    return AnymailRoute(service, options).send(raw, mail_from=mail_from, recipients=recipients)


class AnymailRoute:
    """`service` is a name out of SERVICES, `options` are its settings in anymail's words: {"server_token": …} for Postmark."""

    def __init__(self, service: str, options: Mapping[str, Any]) -> None:
        if service not in SERVICES:
            raise BadRoute(
                f"{service!r} is no sending service that is known here; known are {', '.join(sorted(SERVICES))}."
            )
        self.service = service
        self._options = dict(options)

    def send(self, raw: bytes, *, mail_from: str, recipients: Sequence[str]) -> SendResult:
        """As `SmtpRoute.send`. The service decides Return-Path itself, so `mail_from` is only a hint to it."""
        from anymail.exceptions import AnymailError, AnymailRecipientsRefused

        message = self._message(raw, mail_from, list(recipients))
        try:
            self._backend().send_messages([message])
        except AnymailRecipientsRefused:
            pass  # each recipient's status says so
        except AnymailError as error:
            return _result_of(error, recipients)
        return SendResult({address: _fate(message.anymail_status, address) for address in recipients})

    def check(self) -> None:
        """Raises BadRoute where a setting is missing. The service itself is not asked."""
        self._backend()

    def close(self) -> None:
        pass

    def _backend(self) -> Any:
        from anymail.exceptions import AnymailConfigurationError
        from django.core.exceptions import ImproperlyConfigured
        from django.utils.module_loading import import_string

        try:
            kind = import_string(f"anymail.backends.{self.service}.EmailBackend")
            return kind(**self._options)
        except (AnymailConfigurationError, ImproperlyConfigured, ImportError, TypeError) as error:
            missing = re.search(rf"'{self.service}_(\w+)'", str(error), re.IGNORECASE)
            reason = f"it needs the setting {missing[1].lower()}" if missing else " ".join(str(error).split())
            raise BadRoute(f"The sending service {self.service} cannot be used: {reason}.") from error

    def _message(self, raw: bytes, mail_from: str, recipients: list[str]) -> Any:
        from django.core.mail import EmailMultiAlternatives

        parsed = email.message_from_bytes(raw, policy=email.policy.default.clone(max_line_length=0))
        assert isinstance(parsed, ParsedMail)
        to, cc, bcc = _places(parsed, recipients)
        text, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
        message = EmailMultiAlternatives(
            subject=str(parsed["Subject"] or ""),
            body=_text(text),
            from_email=str(parsed["From"] or mail_from),
            to=to,
            cc=cc,
            bcc=bcc,
            reply_to=[str(parsed["Reply-To"])] if parsed["Reply-To"] else None,
            headers=_headers(parsed, self.service),
        )
        if html is not None:
            message.attach_alternative(_text(html), "text/html")
        for part in parsed.walk():
            if not part.is_multipart() and part is not text and part is not html:
                message.attach(_attachment(part))
        if mail_from and self.service in ("mailgun", "sparkpost", "amazon_ses"):
            message.envelope_sender = mail_from  # type: ignore[attr-defined]
        return message


def _places(parsed: ParsedMail, recipients: list[str]) -> tuple[list[str], list[str], list[str]]:
    """To, Cc and Bcc so that exactly `recipients` get the mail, each where its header names it."""
    left = {address.lower(): address for address in recipients}
    places: list[list[str]] = []
    for name in ("To", "Cc"):
        named = getaddresses([str(value) for value in parsed.get_all(name, [])])
        places.append([left.pop(address.lower()) for _, address in named if address.lower() in left])
    to, cc = places
    bcc = list(left.values())
    if not to:
        # Services refuse a mail to nobody.
        return (cc, [], bcc) if cc else (bcc[:1], [], bcc[1:])
    return to, cc, bcc


def _headers(parsed: ParsedMail, service: str) -> dict[str, str]:
    headers = {
        name: str(value)
        for name, value in parsed.items()
        if name.lower() not in SET_BY_THE_SERVICE and not name.lower().startswith("content-")
    }
    if service == "postmark":
        # Else the Message-ID that answers will name is not ours.
        headers["X-PM-KeepID"] = "true"
    return headers


def _text(part: Any) -> str:
    return part.get_content() if part is not None else ""


def _attachment(part: Any) -> MIMEBase:
    copy = MIMEBase(part.get_content_maintype(), part.get_content_subtype())
    payload = part.get_payload(decode=True)
    copy.set_payload(payload if payload is not None else part.as_bytes())
    encode_base64(copy)
    copy.add_header(
        "Content-Disposition", part.get_content_disposition() or "attachment", filename=part.get_filename() or ""
    )
    if part["Content-ID"]:
        copy["Content-ID"] = str(part["Content-ID"])
    return copy


def _fate(status: Any, address: str) -> Fate:
    found = {key.lower(): value for key, value in status.recipients.items()}.get(address.lower())
    word = found.status if found is not None else "unknown"
    if word in ARRIVED:
        return Fate(Outcome.SENT, f"{word} as {found.message_id}" if found is not None and found.message_id else word)
    return Fate(Outcome.REFUSED, f"The sending service calls this recipient {word}.")


def _result_of(error: Any, recipients: Sequence[str]) -> SendResult:
    from anymail.exceptions import AnymailAPIError

    words = " ".join(str(error).split())
    status = error.status_code or _status_at_amazon(error.__cause__)
    if not isinstance(error, AnymailAPIError):
        return SendResult.for_all(recipients, Outcome.REFUSED, words)
    if status in NOT_NOW:
        return SendResult.for_all(recipients, Outcome.LATER, words)
    if status in NOT_ALLOWED or (status is None and _never_arrived(error.__cause__)):
        return SendResult.for_all(recipients, Outcome.LATER, words, route_error=words)
    if status is not None and 400 <= status < 500:
        return SendResult.for_all(recipients, Outcome.REFUSED, words)
    # The service got the request, or may have, and we do not know what it made of it.
    return SendResult.for_all(recipients, Outcome.UNCERTAIN, words)


def _status_at_amazon(cause: Any) -> int | None:
    response = getattr(cause, "response", None)
    return response.get("ResponseMetadata", {}).get("HTTPStatusCode") if isinstance(response, dict) else None


def _never_arrived(cause: BaseException | None) -> bool:
    """True where not even a connection came about."""
    import requests
    from urllib3.exceptions import NewConnectionError

    if isinstance(cause, requests.ConnectTimeout | requests.exceptions.SSLError | requests.exceptions.ProxyError):
        return True
    reason = (
        getattr(cause.args[0], "reason", None) if isinstance(cause, requests.ConnectionError) and cause.args else None
    )
    return isinstance(reason, NewConnectionError)
