"""What a person wrote now, told apart from the history and the signature."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careline.domain.channels.email.mail import Mail
from careline.domain.channels.email.visible import Split, split_text, split_visible

ADA = "Ada <support@northwind.example>"

ATTRIBUTIONS = {
    "English": f"On Sun, Nov 22, 2026 at 10:00 AM {ADA} wrote:",
    "English, Apple": "On 22 Nov 2026, at 10:00, Ada wrote:",
    "German": f"Am So., 22. Nov. 2026 um 10:00 Uhr schrieb {ADA}:",
    "German, Thunderbird": "Am 22.11.26 um 10:00 schrieb Ada:",
    "German, Yahoo": f"{ADA} schrieb am 10:00 Sonntag, 22.November 2026:",
    "French": f"Le dim. 22 nov. 2026 à 10:00, {ADA} a écrit :",
    "Spanish": f"El dom, 22 nov 2026 a las 10:00, {ADA} escribió:",
    "Italian": f"Il giorno dom 22 nov 2026 alle ore 10:00 {ADA} ha scritto:",
    "Italian, Thunderbird": "Il 22/11/2026 10:00, Ada ha scritto:",
    "Dutch": f"Op zo 22 nov 2026 om 10:00 schreef {ADA}:",
    "Portuguese": f"{ADA} escreveu no dia domingo, 22/11/2026 à(s) 10:00:",
    "Brazilian": f"Em dom., 22 de nov. de 2026 às 10:00, {ADA} escreveu:",
    "Polish": f"niedz., 22 lis 2026 o 10:00 {ADA} napisał(a):",
    "Polish, Apple": "W dniu 22.11.2026 o 10:00, Ada pisze:",
    "Swedish": f"Den sön 22 nov. 2026 kl 10:00 skrev {ADA}:",
    "Danish": f"Den søn. 22. nov. 2026 kl. 10.00 skrev {ADA}:",
    "Norwegian": f"søn. 22. nov. 2026 kl. 10:00 skrev {ADA}:",
    "Finnish": f"su 22. marrask. 2026 klo 10.00 {ADA} kirjoitti:",
    "Czech": f"ne 22. 11. 2026 v 10:00 odesílatel {ADA} napsal:",
    "Slovak": f"ne 22. 11. 2026 o 10:00 {ADA} napísal(a):",
    "Hungarian": "Ada <support@northwind.example> ezt írta (időpont: 2026. nov. 22., V, 10:00):",
    "Romanian": f"În dum., 22 nov. 2026 la 10:00, {ADA} a scris:",
    "Russian": f"вс, 22 нояб. 2026 г. в 10:00, {ADA}:",
    "Russian, Thunderbird": "22.11.2026 10:00, Ada пишет:",
    "Ukrainian": f"нд, 22 лист. 2026 р. о 10:00 {ADA} пише:",
    "Turkish": f"{ADA}, 22 Kas 2026 Paz, 10:00 tarihinde şunu yazdı:",
    "Greek": f"Στις Κυρ 22 Νοε 2026 στις 10:00 π.μ., ο χρήστης {ADA} έγραψε:",
    "Japanese": f"2026年11月22日(日) 10:00 {ADA}:",
    "Japanese, Apple": "2026/11/22 10:00、Ada <support@northwind.example>のメール:",
    "Chinese": f"{ADA} 于2026年11月22日周日 10:00写道：",
    "Chinese, traditional": f"{ADA} 於 2026年11月22日 週日 上午10:00寫道：",
    "Korean": f"2026년 11월 22일 (일) 오전 10:00, {ADA}님이 작성:",
    "Arabic": f"في الأحد، 22 نوفمبر 2026 في 10:00 ص تمت كتابة ما يلي بواسطة {ADA}:",
    "Hebrew": f"\u202bבתאריך יום א׳, 22 בנוב׳ 2026 ב-10:00 מאת \u202a{ADA}\u202c\u200f:\u202c",
    "Vietnamese": f"Vào CN, 22 thg 11, 2026 vào lúc 10:00 {ADA} đã viết:",
    "Thai": f"ในวันที่ อา. 22 พ.ย. 2026 เวลา 10:00 {ADA} เขียนว่า:",
    "Indonesian": f"Pada Min, 22 Nov 2026 pukul 10.00 {ADA} menulis:",
}

BLOCKS = {
    "English": ("From", "Sent", "To", "Subject"),
    "German": ("Von", "Gesendet", "An", "Betreff"),
    "French": ("De", "Envoyé", "À", "Objet"),
    "Spanish": ("De", "Enviado el", "Para", "Asunto"),
    "Italian": ("Da", "Inviato", "A", "Oggetto"),
    "Dutch": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "Portuguese": ("De", "Enviado", "Para", "Assunto"),
    "Polish": ("Od", "Wysłano", "Do", "Temat"),
    "Swedish": ("Från", "Skickat", "Till", "Ämne"),
    "Danish": ("Fra", "Sendt", "Til", "Emne"),
    "Finnish": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    "Czech": ("Od", "Odesláno", "Komu", "Předmět"),
    "Hungarian": ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    "Russian": ("От", "Отправлено", "Кому", "Тема"),
    "Ukrainian": ("Від", "Надіслано", "Кому", "Тема"),
    "Turkish": ("Kimden", "Gönderildi", "Kime", "Konu"),
    "Greek": ("Από", "Στάλθηκε", "Προς", "Θέμα"),
    "Japanese": ("差出人", "送信日時", "宛先", "件名"),
    "Chinese": ("发件人", "发送时间", "收件人", "主题"),
    "Korean": ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
    "Arabic": ("من", "التاريخ", "إلى", "الموضوع"),
    "Hebrew": ("מאת", "נשלח", "אל", "נושא"),
}

DIVIDERS = [
    "-----Original Message-----", "-----Ursprüngliche Nachricht-----", "-----Message d'origine-----",
    "-----Mensaje original-----", "-----Messaggio originale-----", "-----Oorspronkelijk bericht-----",
    "-----Mensagem original-----", "-----Oryginalna wiadomość-----", "-----Ursprungligt meddelande-----",
    "-----Oprindelig meddelelse-----", "-----Opprinnelig melding-----", "-----Alkuperäinen viesti-----",
    "-----Původní zpráva-----", "-----Eredeti üzenet-----", "-----Исходное сообщение-----", "-----Özgün İleti-----",
    "-----Αρχικό μήνυμα-----", "-----元のメッセージ-----", "-----原始邮件-----", "-----원본 메시지-----",
    "-----الرسالة الأصلية-----", "-----הודעה מקורית-----", "---------- Forwarded message ---------",
    "Begin forwarded message:", "Anfang der weitergeleiteten Nachricht:",
]  # fmt: skip

DEVICES = [
    "Sent from my iPhone", "Sent from Outlook for Android", "Get Outlook for iOS", "Von meinem iPhone gesendet",
    "Gesendet von Outlook für iOS", "Envoyé de mon iPhone", "Enviado desde mi iPhone", "Enviado do meu iPhone",
    "Inviato da iPhone", "Verstuurd vanaf mijn iPhone", "Wysłane z iPhone'a", "Skickat från min iPhone",
    "Sendt fra min iPhone", "Lähetetty iPhonesta", "Odesláno z iPhonu", "Отправлено с iPhone", "Надіслано з iPhone",
    "iPhone'umdan gönderildi", "Στάλθηκε από το iPhone μου", "iPhoneから送信", "发自我的iPhone", "從我的iPhone傳送",
    "나의 iPhone에서 보냄", "أرسلت من iPhone الخاص بي", "נשלח מה-iPhone שלי",
]  # fmt: skip


@pytest.mark.parametrize("language", ATTRIBUTIONS)
def test_knows_who_wrote_what_is_quoted_in(language):
    history = f"{ATTRIBUTIONS[language]}\n\n> Is it mended?\n> Ada"

    assert split_text(f"Yes, thank you.\n\nCarol\n\n{history}") == Split("Yes, thank you.\n\nCarol", history)


WITHOUT_VERB_ONLY_QUOTED = {"Japanese, Apple"}


@pytest.mark.parametrize("language", sorted(ATTRIBUTIONS.keys() - WITHOUT_VERB_ONLY_QUOTED))
def test_knows_history_that_no_sign_marks_in(language):
    history = f"{ATTRIBUTIONS[language]}\n\nIs it mended?\nAda"

    assert split_text(f"Yes.\n\n{history}") == Split("Yes.", history)


@pytest.mark.parametrize("language", ATTRIBUTIONS)
def test_knows_an_attribution_wrapped_before_the_address_in(language):
    line = ATTRIBUTIONS[language].replace(" <support", "\n<support").replace(" wrote:", "\nwrote:")

    assert split_text(f"Yes.\n\n{line}\n> Is it mended?") == Split("Yes.", f"{line}\n> Is it mended?")


@pytest.mark.parametrize("language", BLOCKS)
@pytest.mark.parametrize("form", ["{}: {}", "*{}:* {}", "{} : {}", "*{}*: {}"])
def test_knows_the_header_block_of_outlook_in(language, form):
    values = (ADA, "Sunday, November 22, 2026 10:00", "Carol <carol@example.com>", "Your bike")
    block = "\n".join(form.format(label, value) for label, value in zip(BLOCKS[language], values, strict=True))
    history = f"{block}\n\nIs it mended?\n\nAda"

    assert split_text(f"Yes.\n\nCarol\n\n{history}") == Split("Yes.\n\nCarol", history)


@pytest.mark.parametrize("divider", DIVIDERS)
def test_knows_the_divider(divider):
    assert split_text(f"Yes.\n\n{divider}\nIs it mended?") == Split("Yes.", f"{divider}\nIs it mended?")


@pytest.mark.parametrize("device", DEVICES)
def test_takes_for_a_signature(device):
    assert split_text(f"Yes.\nCarol\n\n{device}") == Split("Yes.\nCarol", "", device)


@pytest.mark.parametrize("device", DEVICES)
def test_takes_for_a_signature_above_the_history(device):
    history = "On 22 Nov 2026, at 10:00, Ada wrote:\n\n> Is it mended?"

    assert split_text(f"Yes.\n\n{device}\n\n{history}") == Split("Yes.", history, device)


def test_takes_the_line_above_a_header_block_with_it():
    history = "________________________________\nFrom: Ada\nSent: today\nTo: Carol\nSubject: Bike\n\nOld"

    assert split_text(f"Yes.\n\n{history}") == Split("Yes.", history)


def test_keeps_answers_between_the_quoted_lines():
    text = "On 22 Nov 2026 10:00, Ada wrote:\n> Which bike?\n\nThe red one.\n\n> Since when?\n\nFriday."

    assert split_text(text) == Split(
        "The red one.\n\n\nFriday.", "On 22 Nov 2026 10:00, Ada wrote:\n> Which bike?\n> Since when?"
    )


def test_keeps_an_answer_below_the_history():
    split = split_text("On 22 Nov 2026 10:00, Ada wrote:\n> Which bike?\n> Ada\n\nThe red one.\n\n-- \nCarol")

    assert split == Split("The red one.", "On 22 Nov 2026 10:00, Ada wrote:\n> Which bike?\n> Ada", "-- \nCarol")


@pytest.mark.parametrize("closing", ["Mit freundlichen Grüßen\nCarol", "Kind regards,\nCarol", "Cordialement\nCarol"])
def test_keeps_a_closing_as_the_person_s_words(closing):
    assert split_text(f"It is mended.\n\n{closing}") == Split(f"It is mended.\n\n{closing}")


def test_takes_what_follows_the_delimiter_for_the_signature():
    text = "It is mended.\n\nMit freundlichen Grüßen\nCarol\n-- \nNorthwind Bikes\nMain Street 1"

    assert split_text(text) == Split(
        "It is mended.\n\nMit freundlichen Grüßen\nCarol", "", "-- \nNorthwind Bikes\nMain Street 1"
    )


def test_takes_a_disclaimer_for_a_signature():
    disclaimer = "This e-mail is confidential and intended solely for the addressee."

    assert split_text(f"Yes.\n\nCarol\n\n{disclaimer}") == Split("Yes.\n\nCarol", "", disclaimer)


@pytest.mark.parametrize(
    "words",
    [
        "On Monday I wrote:\nplease send me a bike",
        "Sent from my desk, this is easier.",
        "From: here to there\nis a long way",
        "My list:\n- a bike\n- a bell",
        "Use the -- sign here",
        "The original message was clear.\nThank you",
        "Please ring at 10:00:\n0123 456",
        "This email is my third one.\nPlease answer",
        "This e-mail is confidential, please show it to nobody.\nMy neighbour took the bike.",
        "Von meiner Bestellung fehlt ein Teil",
        "Sent by courier yesterday",
        "Kargo dün İstanbul'dan gönderildi",
        "Please book me a train:\nFrom: Berlin\nTo: Paris\nDate: Friday",
        "First part\n---\nSecond part\n" + "with many words\n" * 9,
        "I wrote on 22.11.2026 to you:\nno answer came",
    ],
)
def test_cuts_nothing_from(words):
    assert split_text(f"Dear Ada,\n\n{words}\n\nCarol") == Split(f"Dear Ada,\n\n{words}\n\nCarol")


@pytest.mark.parametrize(
    "text",
    ["> only\n> quoted", "-- \nCarol", "Sent from my iPhone", "-----Original Message-----\nFrom: Ada\nhello",
     "On 22 Nov 2026 10:00, Ada wrote:\n> hello", "From: Ada\nSent: today\nTo: Carol\nSubject: Bike\n\nhello", ""],
)  # fmt: skip
def test_never_hides_the_whole_mail(text):
    assert split_text(text) == Split(text)


def test_reads_on_below_headers_at_the_top():
    text = "From: Carol\nSent: today\nTo: Ada\nSubject: Bike\n\nhello\n\nOn 22 Nov 2026 10:00, Ada wrote:\n> old"

    assert split_text(text).quoted == "On 22 Nov 2026 10:00, Ada wrote:\n> old"


_LINES = st.sampled_from(
    ["", " ", "Hello Ada", "> old", ">> older", "-- ", "--", "Sent from my iPhone", *ATTRIBUTIONS.values(), *DIVIDERS,
     "From: Ada", "Sent: today", "To: Carol", "Subject: Bike", "________", "Carol", "wrote:", "Disclaimer", "a:",
     "This e-mail is confidential", "\ue000", "On 22 Nov 2026", "at 10:00 Ada"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_LINES, max_size=30))
def test_loses_no_line_and_keeps_their_order(lines):
    split = split_text("\n".join(lines))
    words = [line.strip() for line in lines if line.strip() and line.strip() != "\ue000"]
    parts = [_words(part) for part in (split.visible, split.quoted, split.signature)]

    assert sorted(line for part in parts for line in part) == sorted(words)
    assert all(_in_order(part, words) for part in parts)
    assert bool(words) == bool(split.visible.strip())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_loses_no_character_of_any_text(text):
    split = split_text(text)

    assert sorted("".join(split.visible + split.quoted + split.signature).split()) is not None
    assert len(_solid(split.visible + split.quoted + split.signature)) == len(_solid(text))


HOSTILE = [
    "a:\n", "From: a\n", "From: a\nSent: b\n", "On 10:00 wrote:\n", "a@b.c:\n", "____\n", "-- \n", ">\na\n", " ", "\n",
    "On ",
    "On 1.1.2026 a@b.c ", "This e-mail is confidential\n", "_", "-", "sent from my ", "wrote ", "：\n", "<a@", "<div ",
    "-----Original Message", "\t\n", "@", "1:1", "> a\n", "\u202b", "*_",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_takes_time_in_proportion_on_hostile_repetition_of(piece):
    began = time.process_time()

    split_text(piece * (300_000 // len(piece)) + ":")

    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "piece", ["<div class=", "<div style='border:none; ", "<blockquote type=", "<div id='a b'", "<p>"]
)
def test_takes_time_in_proportion_on_hostile_html_of(piece):
    began = time.process_time()

    split_visible(Mail(raw=b"", html=piece * (300_000 // len(piece))))

    assert time.process_time() - began < 3


HTML = {
    "Gmail": '<p>New</p><div class="gmail_quote"><div class="gmail_attr">On Sun, Nov 22, 2026, Ada wrote:<br></div>'
    '<blockquote class="gmail_quote">old</blockquote></div>',
    "Outlook on the web": '<p>New</p><hr><div id="divRplyFwdMsg"><b>X:</b> Ada</div><div>old</div>',
    "Outlook": '<p>New</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
    "<p>X: Ada</p></div></div><p>old</p>",
    "Thunderbird": '<p>New</p><div class="moz-cite-prefix">Ada, long ago:</div>'
    '<blockquote type="cite">old</blockquote>',
    "Apple": '<div>New</div><blockquote type="cite"><div>old</div></blockquote>',
    "Yahoo": '<div>New</div><div id="ydp1yahoo_quoted" class="yahoo_quoted"><div>Ada:</div><div>old</div></div>',
    "Proton": '<div>New</div><div class="protonmail_quote">Ada<blockquote>old</blockquote></div>',
    "Tutanota": '<div>New</div><blockquote class="tutanota_quote">old</blockquote>',
}


@pytest.mark.parametrize("program", HTML)
def test_knows_the_containers_of(program):
    mail = Mail(raw=b"", html=HTML[program])

    split_visible(mail)

    assert mail.visible_text == "New"
    assert mail.quoted.endswith("old")
    assert "\ue000" not in mail.quoted


def test_keeps_an_answer_below_a_quoted_container():
    mail = Mail(raw=b"", html=HTML["Thunderbird"].replace("<p>New</p>", "") + "<p>Below</p>")

    split_visible(mail)

    assert (mail.visible_text, mail.quoted) == ("Below", "Ada, long ago:\n\n> old")


def test_reads_the_text_first_where_a_mail_has_both():
    mail = Mail(raw=b"", text="Yes.\n\n> old", html="<p>Other</p><blockquote type=cite>old</blockquote>")

    split_visible(mail)

    assert (mail.visible_text, mail.quoted, mail.signature) == ("Yes.", "> old", "")


def _words(part: str) -> list[str]:
    return [line.strip() for line in part.split("\n") if line.strip()]


def _in_order(part: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(line in rest for line in part)


def _solid(text: str) -> str:
    return "".join(text.replace("\ue000", "").split())
