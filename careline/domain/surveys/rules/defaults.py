"""Questionnaires to begin with, in five languages: neutral questions, with the same weight on both ends of the scale."""

from __future__ import annotations

from typing import Any

_COMMENT = {
    "en": "What should we know about it? (You may leave this empty.)",
    "de": "Was sollten wir dazu wissen? (Das Feld darf leer bleiben.)",
    "fr": "Que devrions-nous savoir à ce sujet ? (Vous pouvez laisser ce champ vide.)",
    "es": "¿Qué deberíamos saber al respecto? (Puede dejarlo vacío.)",
    "ar": "ما الذي ينبغي أن نعرفه عن ذلك؟ (يمكنك ترك هذا الحقل فارغًا.)",
}
_QUESTIONS: dict[str, tuple[dict[str, str], dict[str, str], dict[str, str]]] = {
    "csat": (
        {
            "en": "How satisfied or dissatisfied are you with how we dealt with your request?",
            "de": "Wie zufrieden oder unzufrieden sind Sie damit, wie wir Ihr Anliegen bearbeitet haben?",
            "fr": "Dans quelle mesure êtes-vous satisfait ou insatisfait du traitement de votre demande ?",
            "es": "¿Qué tan satisfecho o insatisfecho está con la forma en que atendimos su solicitud?",
            "ar": "ما مدى رضاك أو عدم رضاك عن طريقة تعاملنا مع طلبك؟",
        },
        {
            "en": "Very dissatisfied", "de": "Sehr unzufrieden", "fr": "Très insatisfait", "es": "Muy insatisfecho", "ar": "غير راضٍ تمامًا",
        },
        {"en": "Very satisfied", "de": "Sehr zufrieden", "fr": "Très satisfait", "es": "Muy satisfecho", "ar": "راضٍ تمامًا"},
    ),
    "nps": (
        {
            "en": "How likely or unlikely are you to recommend us to a friend or colleague?",
            "de": "Wie wahrscheinlich oder unwahrscheinlich ist es, dass Sie uns weiterempfehlen?",
            "fr": "Quelle est la probabilité que vous nous recommandiez, ou non, à un ami ou un collègue ?",
            "es": "¿Qué tan probable o improbable es que nos recomiende a un amigo o colega?",
            "ar": "ما مدى احتمال أو عدم احتمال أن توصي بنا لصديق أو زميل؟",
        },
        {"en": "Not at all likely", "de": "Gar nicht wahrscheinlich", "fr": "Pas du tout probable", "es": "Nada probable", "ar": "غير محتمل إطلاقًا"},
        {"en": "Extremely likely", "de": "Äußerst wahrscheinlich", "fr": "Extrêmement probable", "es": "Sumamente probable", "ar": "محتمل للغاية"},
    ),
    "ces": (
        {
            "en": "How easy or difficult was it to have your request dealt with?",
            "de": "Wie leicht oder schwer war es, Ihr Anliegen zu klären?",
            "fr": "A-t-il été facile ou difficile de faire traiter votre demande ?",
            "es": "¿Qué tan fácil o difícil fue resolver su solicitud?",
            "ar": "ما مدى سهولة أو صعوبة معالجة طلبك؟",
        },
        {"en": "Very difficult", "de": "Sehr schwer", "fr": "Très difficile", "es": "Muy difícil", "ar": "صعب جدًا"},
        {"en": "Very easy", "de": "Sehr leicht", "fr": "Très facile", "es": "Muy fácil", "ar": "سهل جدًا"},
    ),
}  # fmt: skip


def content_to_begin_with(kind: str) -> dict[str, Any]:
    """As JSON; an own questionnaire begins with one free question."""
    questions: list[dict[str, Any]] = []
    if kind in _QUESTIONS:
        label, low, high = _QUESTIONS[kind]
        questions.append(
            {
                "key": "score",
                "kind": kind,
                "label": label,
                "required": True,
                "low": low,
                "high": high,
                "options": [],
                "when": None,
            }
        )
    questions.append(
        {
            "key": "comment",
            "kind": "text",
            "label": _COMMENT,
            "required": False,
            "low": {},
            "high": {},
            "options": [],
            "when": None,
        }
    )
    return {"intro": {}, "thanks": {}, "questions": questions}
