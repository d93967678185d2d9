import json
import threading
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.email.anymail import AnymailRoute, send_by_service
from careline.domain.channels.email.route import BadRoute
from careline.domain.channels.email.sending import Outcome

FROM, CAROL, DAN, EVE = "support@northwind.example", "carol@example.com", "dan@example.com", "eve@example.com"
FINE = (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "m-1", "SubmittedAt": "x", "To": f"{CAROL}"})


class Service:
    """Postmark's API, as far as sending goes."""

    def __init__(self):
        self.asked, self.answer = [], FINE
        service = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self):
                service.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                if service.answer is None:
                    self.connection.close()
                    return
                status, body = service.answer
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def service():
    running = Service()
    yield running
    running.stop()


@pytest.fixture
def route(service):
    return AnymailRoute("postmark", {"server_token": "t", "api_url": service.url})


def mail():
    message = EmailMessage()
    message["From"] = f"Northwind Bikes <{FROM}>"
    message["To"] = f"Carol <{CAROL}>"
    message["Cc"] = DAN
    message["Subject"] = "Brems­beläge: grüße"
    message["Message-ID"] = "<ours@northwind.example>"
    message["In-Reply-To"] = "<hers@example.com>"
    message.set_content("Öl them.\n")
    message.add_alternative('<p>Öl <img src="cid:pic"></p>', subtype="html")
    message.add_attachment(
        b"\0\1", maintype="image", subtype="png", filename="brake.png", cid="<pic>", disposition="inline"
    )
    message.add_attachment("a;b\n", subtype="csv", filename="prices.csv")
    return message.as_bytes()


def send(route, *recipients):
    return route.send(mail(), mail_from=FROM, recipients=recipients or [CAROL])


def test_the_whole_mail_arrives_at_the_service(service, route):
    result = send(route, CAROL, DAN, EVE)
    assert [(address, fate.outcome) for address, fate in result.fates.items()] == [
        (CAROL, Outcome.SENT),
        (DAN, Outcome.SENT),
        (EVE, Outcome.SENT),
    ]
    (asked,) = service.asked
    assert (asked["To"], asked["Cc"], asked["Bcc"]) == (CAROL, DAN, EVE)
    assert asked["From"] == f"Northwind Bikes <{FROM}>"
    assert (asked["TextBody"].strip(), "Öl" in asked["HtmlBody"]) == ("Öl them.", True)
    headers = {header["Name"]: header["Value"] for header in asked["Headers"]}
    assert headers["Message-ID"] == "<ours@northwind.example>"
    assert headers["In-Reply-To"] == "<hers@example.com>"
    assert headers["X-PM-KeepID"] == "true"
    assert [(file["Name"], file["ContentType"]) for file in asked["Attachments"]] == [
        ("brake.png", "image/png"),
        ("prices.csv", 'text/csv; charset="utf-8"'),
    ]
    assert asked["Attachments"][0]["ContentID"] == "cid:pic"


def test_nobody_but_the_recipients_gets_it(service, route):
    send(route, DAN)
    assert [service.asked[0].get(name) for name in ("To", "Cc", "Bcc")] == [DAN, None, None]


@pytest.mark.parametrize(
    ("answer", "outcome", "is_the_routes_fault"),
    [
        ((401, {"ErrorCode": 10, "Message": "bad token"}), Outcome.LATER, True),
        ((429, {"ErrorCode": 429, "Message": "slow down"}), Outcome.LATER, False),
        ((503, {"ErrorCode": 100, "Message": "maintenance"}), Outcome.LATER, False),
        ((413, {"ErrorCode": 0, "Message": "too large"}), Outcome.REFUSED, False),
        ((422, {"ErrorCode": 405, "Message": "not allowed to send"}), Outcome.REFUSED, False),
        ((500, {"ErrorCode": 0, "Message": "oops"}), Outcome.UNCERTAIN, False),
        (None, Outcome.UNCERTAIN, False),
    ],
)
def test_what_the_service_answers_decides(service, route, answer, outcome, is_the_routes_fault):
    service.answer = answer
    result = send(route)
    assert (result.outcome, bool(result.route_error)) == (outcome, is_the_routes_fault)
    assert result.words
    assert len(service.asked) == 1


def test_a_service_that_cannot_be_reached_is_tried_again(service, route):
    service.stop()
    result = send(route)
    assert (result.outcome, bool(result.route_error)) == (Outcome.LATER, True)


def test_a_mailbox_names_its_service_and_the_key_is_kept_apart(service):
    settings = {"anymail": f"postmark?api_url={service.url}&message_stream=desk"}
    channel = ChannelRow(7, "email", "Northwind", FROM, 1, None, settings, {"anymail_key": "t"})
    assert send_by_service(mail(), channel=channel, mail_from=FROM, recipients=[CAROL]).outcome is Outcome.SENT
    assert service.asked[0]["MessageStream"] == "desk"


def test_says_which_setting_is_missing():
    with pytest.raises(BadRoute, match="server_token"):
        AnymailRoute("postmark", {}).check()
    with pytest.raises(BadRoute, match="no sending service"):
        AnymailRoute("pigeon", {})
