"""What mail programs write above a mail that is passed on, in the languages their users write in."""

from __future__ import annotations

import re

_LABELS = {
    "from": """from, von, de, da, van, od, från, fra, от, от кого, 差出人, lähettäjä, kimden, 发件人, 寄件者, 보낸 사람,
        expéditeur, remitente, mittente, afzender, absender, nadawca, avsändare, afsender, remetente, отправитель,
        feladó, odesílatel""",
    "date": """date, sent, datum, gesendet, gesendet am, envoyé, envoyé le, fecha, enviado, enviado el, enviada, tarih,
        enviada em, enviado em, data, data/ora, inviato, inviato il, verzonden, wysłane, wysłano, skickat, sendt, dato,
        дата, отправлено, 日付, 日時, 送信日時, 送信日, 发送时间, 日期, 보낸 날짜, lähetetty, päiväys, gönderildi,
        odesláno, elküldve""",
    "subject": """subject, betreff, objet, sujet, asunto, oggetto, onderwerp, assunto, temat, ämne, emne, тема, 件名,
        主题, 主旨, 제목, aihe, konu, předmět, tárgy""",
    "to": """to, an, à, a, para, aan, do, till, til, кому, 宛先, 收件人, 받는 사람, vastaanottaja, kime, komu, címzett,
        destinataire, destinatario, destinatário, ontvanger, empfänger, odbiorca, mottagare, modtager, получатель""",
    "cc": "cc, kopie, copie, copia, kopia, dw, копия, cópia, másolat",
    "reply": """reply-to, antwort an, répondre à, responder a, rispondi a, antwoord aan, svar til, svara till,
        ответить, 返信先""",
}
KIND_OF_LABEL = {label.strip(): kind for kind, labels in _LABELS.items() for label in labels.split(",")}

LABEL_LINE = re.compile(r"[*_]{0,2}([^\W\d_][^:：<>@*]{0,24}?)[*_]{0,2}[ \u00a0]?[:：][*_]{0,2}[ \t\u00a0]*(.*)")

_MARKERS = [
    r"forwarded (?:message|by)", r"begin forwarded message", r"weitergeleitete nachricht", r"weitergeleitete e-?mail",
    r"anfang der weitergeleiteten", r"message (?:transféré|réexpédié)", r"début du message (?:transféré|réexpédié)",
    r"mensaje reenviado", r"inicio del mensaje reenviado", r"messaggio inoltrato", r"inizio messaggio inoltrato",
    r"doorgestuurd bericht", r"begin doorgestuurd bericht", r"mensagem (?:encaminhada|reencaminhada)",
    r"início da mensagem (?:encaminhada|reencaminhada)", r"(?:przekazana )?wiadomość(?: przekazana)?",
    r"początek przekazywanej wiadomości", r"(?:vidarebefordrat|vidarebefordrade) (?:meddelande|brev)",
    r"vidarebefordrat mail", r"videresendt (?:meddelelse|besked|mail|melding)", r"start på videresendt",
    r"(?:пересылаемое|пересланное|перенаправленное) (?:сообщение|письмо)", r"начало переадресованного",
    r"転送(?:された)?メッセージ", r"転送されたメール", r"转发的?邮件", r"välitetty viesti", r"iletilen mesaj",
]  # fmt: skip
MARKER = re.compile(r"^[\s>*_-]*(?:" + "|".join(_MARKERS) + ")", re.IGNORECASE)
FORWARD_PREFIX = re.compile(
    r"\s*(?:\[[^\]]{1,40}\]\s*)?(?:fwd?|wg|wtr|tr|rv|i|doorst|enc|pd|vb|vs|vl|fs|пересл|転送|转发|轉寄|ilt|továbbítás)\s*[:：]",
    re.IGNORECASE,
)
