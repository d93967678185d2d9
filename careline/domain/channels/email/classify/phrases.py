"""How machines begin the subject of an automatic answer, by language. Lower case, at its start."""

from __future__ import annotations

import re

VACATION = {
    "en": (
        "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response", "autoresponse",
        "automated reply", "automated response", "automatic response", "automatic answer", "out of office",
        "out-of-office", "out of the office", "ooo", "oof", "on vacation", "on holiday", "on annual leave",
        "away from my mail", "i am out of the office",
    ),
    "de": (
        "automatische antwort", "autom. antwort", "automatische rückantwort", "abwesenheitsnotiz", "abwesenheit",
        "abwesenheitsnachricht", "abwesenheitsmeldung", "abwesenheitsassistent", "nicht im büro",
        "ich bin nicht im büro", "automatische eingangsbestätigung",
    ),
    "fr": (
        "réponse automatique", "reponse automatique", "absence du bureau", "absent du bureau", "message d'absence",
        "notification d'absence", "en congé", "en congés",
    ),
    "es": (
        "respuesta automática", "respuesta automatica", "fuera de la oficina", "fuera de oficina",
        "ausente de la oficina", "autorespuesta", "auto respuesta", "autorrespuesta",
    ),
    "pt": ("resposta automática", "resposta automatica", "fora do escritório", "ausência temporária"),
    "it": ("risposta automatica", "fuori sede", "fuori ufficio", "assenza dall'ufficio"),
    "nl": ("automatisch antwoord", "automatische reactie", "automatisch bericht", "afwezig", "afwezigheid",
           "niet op kantoor"),
    "da": ("automatisk svar", "autosvar", "ikke til stede", "fravær", "ude af kontoret"),
    "sv": ("autosvar", "automatiskt svar", "frånvaro", "ej på plats", "frånvaromeddelande"),
    "nb": ("automatisk svar", "fravær", "ikke på kontoret", "fraværsmelding", "fraværsassistent"),
    "fi": ("automaattinen vastaus", "poissa", "poissaoloilmoitus", "poissaolo", "automaattivastaus"),
    "pl": ("automatyczna odpowiedź", "odpowiedź automatyczna", "autoodpowiedź", "poza biurem"),
    "cs": ("automatická odpověď", "nepřítomnost", "mimo kancelář"),
    "sk": ("automatická odpoveď", "neprítomnosť", "mimo kancelárie"),
    "hu": ("automatikus válasz", "házon kívül", "irodán kívül"),
    "ro": ("răspuns automat", "raspuns automat", "absent din birou"),
    "hr": ("automatski odgovor", "odsutan"),
    "sl": ("samodejni odgovor", "odsotnost"),
    "tr": ("otomatik yanıt", "otomatik cevap", "ofis dışında"),
    "el": ("αυτόματη απάντηση", "εκτός γραφείου"),
    "ru": ("автоматический ответ", "автоответ", "автоответчик", "нет на месте", "вне офиса"),
    "uk": ("автоматична відповідь", "автовідповідь", "поза офісом"),
    "bg": ("автоматичен отговор", "извън офиса"),
    "he": ("תשובה אוטומטית", "מענה אוטומטי"),
    "ar": ("رد تلقائي", "الرد التلقائي", "خارج المكتب"),
    "ja": ("自動応答", "自動返信", "不在通知"),
    "zh": ("自动答复", "自动回复", "自動回覆", "自動答覆", "不在办公室"),
    "ko": ("자동 회신", "자동 응답", "부재중", "부재 중"),
    "id": ("balasan otomatis", "di luar kantor"),
    "vi": ("trả lời tự động",),
    "th": ("ตอบกลับอัตโนมัติ",),
    "ca": ("resposta automàtica",),
}  # fmt: skip

_PHRASES = sorted({phrase for spoken in VACATION.values() for phrase in spoken}, key=len, reverse=True)
_STARTS = re.compile(
    r"[\s\[(<*]*(?:" + "|".join(re.escape(phrase) for phrase in _PHRASES) + r")"
    r"(?:\s*$|\s*[:：\-–—\[\](<>,.!|/*\"']|\s+(?:re|aw|from|reply|until|till|bis|von|to|für|for|-)\b)",
    re.IGNORECASE,
)


def is_vacation_subject(subject: str) -> bool:
    """Only where it begins so and then stops or quotes: "Out of office chairs" is a customer's subject."""
    return bool(_STARTS.match(subject[:500]))
