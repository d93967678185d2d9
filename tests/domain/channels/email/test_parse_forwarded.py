from datetime import UTC, datetime

import pytest

from careline.domain.channels.email.parse import parse
from careline.domain.channels.inbound import Party
from tests.domain.channels.email.mails import multipart, part, plain

ADA = b"From: Ada <ada@northwind.example>\r\nTo: support@northwind.example\r\nSubject: %s\r\nMessage-ID: <f@northwind.example>\r\n"
CAROL = Party("carol@example.com", "Carol")

BLOCKS = {
    "Gmail": "---------- Forwarded message ---------\nFrom: Carol <carol@example.com>\nDate: Sun, 22 Nov 2026 at 10:00\n"
    "Subject: My bike\nTo: <ada@northwind.example>\n",
    "Outlook, English": "From: Carol <carol@example.com>\nSent: Sunday, November 22, 2026 10:00 AM\nTo: Ada\nSubject: My bike\n",
    "Outlook, old": "-----Original Message-----\nFrom: Carol [mailto:carol@example.com]\nSent: Sunday\nTo: Ada\nSubject: My bike\n",
    "Outlook, German": "Von: Carol <carol@example.com>\nGesendet: Sonntag, 22. November 2026 10:00\nAn: Ada\nBetreff: My bike\n",
    "Apple Mail": "Begin forwarded message:\n\n> From: Carol <carol@example.com>\n> Subject: My bike\n> Date: 22 November 2026\n",
    "Thunderbird": "-------- Forwarded Message --------\nSubject: \tMy bike\nDate: \tSun, 22 Nov 2026 10:00:00 +0000\n"
    "From: \tCarol <carol@example.com>\nTo: \tada@northwind.example\n",
    "Thunderbird, German": "-------- Weitergeleitete Nachricht --------\nBetreff: My bike\nDatum: Sun\nVon: Carol <carol@example.com>\n",
    "French": "---------- Message transféré ----------\nDe : Carol <carol@example.com>\nDate : dim.\nObjet : My bike\nÀ : Ada\n",
    "Spanish": "---------- Mensaje reenviado ----------\nDe: Carol <carol@example.com>\nFecha: dom\nAsunto: My bike\nPara: Ada\n",
    "Italian": "---------- Messaggio inoltrato ----------\nDa: Carol <carol@example.com>\nData: dom\nOggetto: My bike\nA: Ada\n",
    "Dutch": "---------- Doorgestuurd bericht ----------\nVan: Carol <carol@example.com>\nDatum: zo\nOnderwerp: My bike\nAan: Ada\n",
    "Portuguese": "---------- Mensagem encaminhada ----------\nDe: Carol <carol@example.com>\nData: dom\nAssunto: My bike\nPara: A\n",
    "Polish": "---------- Wiadomość przekazana ----------\nOd: Carol <carol@example.com>\nData: nd\nTemat: My bike\nDo: Ada\n",
    "Swedish": "---------- Vidarebefordrat meddelande ----------\nFrån: Carol <carol@example.com>\nDatum: sön\nÄmne: My bike\n",
    "Danish": "---------- Videresendt meddelelse ----------\nFra: Carol <carol@example.com>\nDato: søn\nEmne: My bike\nTil: Ada\n",
    "Russian": "-------- Пересылаемое сообщение --------\nОт: Carol <carol@example.com>\nДата: вс\nТема: My bike\nКому: Ada\n",
    "Japanese": "---------- 転送メッセージ ----------\n差出人: Carol <carol@example.com>\n日付: 2026年\n件名: My bike\n宛先: Ada\n",
}


@pytest.mark.parametrize("program", BLOCKS)
def test_finds_who_wrote_the_mail_that_was_passed_on(program):
    text = f"Please answer her.\n\n{BLOCKS[program]}\nThe brake squeaks.\n"
    text = text.replace("\nThe brake", "\n> The brake") if program == "Apple Mail" else text
    found = parse(plain(text.encode(), head=ADA % b"Fwd: My bike")).forwarded
    assert found is not None
    assert (found.sender, found.subject, found.text) == (CAROL, "My bike", "The brake squeaks.")


def test_finds_who_wrote_the_mail_that_is_attached():
    inner = plain(b"The brake squeaks.")
    found = parse(multipart(part(b"fyi"), part(inner, media_type=b"message/rfc822"), head=ADA % b"Her bike")).forwarded
    assert found is not None
    assert (found.sender, found.subject, found.text) == (CAROL, "My bike", "The brake squeaks.")
    assert found.date == datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def test_files_passed_on_belong_to_the_original():
    words = part(f"fyi\n\n{BLOCKS['Gmail']}\nSee the bill.".encode())
    mail = parse(
        multipart(words, part(b"%PDF", media_type=b"application/pdf; name=bill.pdf"), head=ADA % b"Fwd: My bike")
    )
    assert mail.forwarded is not None
    assert [each.name for each in mail.forwarded.attachments] == ["bill.pdf"]


@pytest.mark.parametrize(
    "text",
    [
        "Hello\n\nFrom: Carol <carol@example.com>\nSent: Sunday\nTo: Ada\nSubject: My bike\n\nThe brake squeaks.",
        "On Sunday Carol <carol@example.com> wrote:\n> The brake squeaks.",
        "Forwarded message\nFrom: somebody\nSubject: no address\n\nhi",
    ],
)
def test_a_reply_is_no_mail_passed_on(text):
    assert parse(plain(text.encode(), head=ADA % b"Re: My bike")).forwarded is None
