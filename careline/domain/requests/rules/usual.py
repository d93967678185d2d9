"""The types that come ready: somewhere to begin, to be changed like any other."""

from __future__ import annotations

from careline.domain.forms.rules.content import Condition, Field, Option, Words
from careline.domain.requests.rules.content import (
    APPROVED,
    ASKED,
    CHECK,
    DECISION,
    DENIED,
    LETTER,
    OFFERED,
    PAPERS,
    TASK,
    Content,
    Criterion,
    Effect,
    PaperAsked,
    Reason,
    StepPlan,
)
from careline.domain.requests.rules.usual_words import SAID, SPOKEN

CARD_FIELDS = (("credit_limit", "Credit limit", "number"), ("policy_until", "Policy runs until", "date"))
"""Fields of the card that the usual types write to: code, name, kind."""


def usual_types() -> dict[str, Content]:
    """By key."""
    return {
        "credit_limit_increase": _credit_limit(),
        "loan_application": _loan(),
        "policy_cancellation": _cancellation(),
        "policy_renewal": _renewal(),
        "account_change": _account(),
    }


def _said(en: str, de: str) -> Words:
    return {"en": en, "de": de, **dict(zip(SPOKEN, SAID[en], strict=True))}


_CHECKED = StepPlan("check", CHECK, _said("Check what was filled in", "Angaben prüfen"), hours=24)
_DECIDED = StepPlan("decision", DECISION, _said("Decide", "Entscheiden"), hours=48)
_TOLD = StepPlan("letter", LETTER, _said("Tell the customer", "Bescheid geben"), hours=24)
_PAPERS = StepPlan("papers", PAPERS, _said("Papers", "Unterlagen"), hours=72)
_GENERAL = (
    Reason("income", _said("Your income does not cover it.", "Ihr Einkommen deckt das nicht.")),
    Reason("history", _said("Earlier payments were late.", "Frühere Zahlungen kamen zu spät.")),
    Reason("incomplete", _said("What you told us was not complete.", "Ihre Angaben waren nicht vollständig.")),
)


def _letters(approved: Words, denied: Words) -> dict[str, Words]:
    return {
        APPROVED: approved,
        DENIED: denied,
        OFFERED: _said(
            "Dear {name},\n\nwe can offer you {amount} instead. {reason}\n\nWould that do? Just answer this message.",
            "Guten Tag {name},\n\nwir können Ihnen stattdessen {amount} anbieten. {reason}\n\nPasst das? Antworten Sie einfach auf diese Nachricht.",
        ),
        ASKED: _said(
            "Dear {name},\n\nto go on we still need from you:\n{papers}\n\nPlease send them with your answer, or hand them in on our pages.",
            "Guten Tag {name},\n\nwir brauchen noch von Ihnen:\n{papers}\n\nBitte senden Sie sie uns, oder reichen Sie sie auf unseren Seiten ein.",
        ),
    }


def _credit_limit() -> Content:
    return Content(
        _said("Credit limit increase", "Höheres Kreditlimit"),
        (
            Field("amount", "number", _said("New limit in EUR", "Neues Limit in EUR"), is_required=True, least=1),
            Field(
                "income",
                "number",
                _said("Monthly income in EUR", "Monatliches Einkommen in EUR"),
                is_required=True,
                least=0,
            ),
            Field("why", "long_text", _said("What is it for?", "Wofür?")),
        ),
        (
            _CHECKED,
            _PAPERS,
            StepPlan(
                "decision",
                DECISION,
                _said("Decide", "Entscheiden"),
                hours=48,
                criteria=(
                    Criterion(
                        "income", "at_least", "1500", _said("Income of at least 1,500", "Einkommen mindestens 1.500")
                    ),
                    Criterion("amount", "at_most", "10000", _said("Limit of at most 10,000", "Limit höchstens 10.000")),
                ),
            ),
            _TOLD,
        ),
        papers=(PaperAsked("payslip", _said("Last payslip", "Letzte Gehaltsabrechnung")),),
        reasons=_GENERAL,
        effects=(Effect("amount", "field:credit_limit"),),
        letters=_letters(
            _said(
                "Dear {name},\n\nyour credit limit is {amount} from today.",
                "Guten Tag {name},\n\nIhr Kreditlimit beträgt ab heute {amount}.",
            ),
            _said(
                "Dear {name},\n\nwe can't raise your limit. {reason}",
                "Guten Tag {name},\n\nwir können Ihr Limit nicht erhöhen. {reason}",
            ),
        ),
        amount="amount",
        currency="EUR",
        for_customers=True,
    )


def _loan() -> Content:
    purposes = (
        Option("bike", _said("A bike", "Ein Fahrrad")),
        Option("repair", _said("A repair", "Eine Reparatur")),
        Option("other", _said("Something else", "Etwas anderes")),
    )
    return Content(
        _said("Loan application", "Kreditantrag"),
        (
            Field("amount", "number", _said("Amount in EUR", "Betrag in EUR"), is_required=True, least=100),
            Field(
                "months",
                "number",
                _said("Over how many months?", "Über wie viele Monate?"),
                is_required=True,
                least=3,
                most=84,
            ),
            Field("purpose", "choice", _said("What for?", "Wofür?"), is_required=True, options=purposes),
            Field(
                "purpose_words",
                "text",
                _said("Please say what", "Bitte sagen Sie, wofür"),
                is_required=True,
                when=Condition("purpose", ("other",)),
            ),
            Field(
                "income",
                "number",
                _said("Monthly income in EUR", "Monatliches Einkommen in EUR"),
                is_required=True,
                least=0,
            ),
        ),
        (_CHECKED, _PAPERS, _DECIDED, StepPlan("payout", TASK, _said("Pay it out", "Auszahlen"), hours=72), _TOLD),
        papers=(
            PaperAsked("payslips", _said("Last three payslips", "Letzte drei Gehaltsabrechnungen")),
            PaperAsked("identity", _said("Copy of your identity card", "Kopie Ihres Ausweises")),
            PaperAsked("offer", _said("Offer for what you buy", "Angebot über den Kauf"), is_required=False),
        ),
        reasons=_GENERAL,
        letters=_letters(
            _said(
                "Dear {name},\n\nyour loan of {amount} is approved and on its way.",
                "Guten Tag {name},\n\nIhr Kredit über {amount} ist bewilligt und unterwegs.",
            ),
            _said(
                "Dear {name},\n\nwe can't give you this loan. {reason}",
                "Guten Tag {name},\n\nwir können Ihnen diesen Kredit nicht geben. {reason}",
            ),
        ),
        amount="amount",
        currency="EUR",
        for_customers=True,
    )


def _cancellation() -> Content:
    return Content(
        _said("Policy cancellation", "Kündigung einer Police"),
        (
            Field("policy", "text", _said("Number of the policy", "Nummer der Police"), is_required=True),
            Field("why", "long_text", _said("Why?", "Warum?")),
        ),
        (_CHECKED, _DECIDED, _TOLD),
        reasons=(Reason("term", _said("It can only be cancelled at its end.", "Sie ist erst zum Ende kündbar.")),),
        effects=(Effect("policy", "cancel_subscription"),),
        letters=_letters(
            _said(
                "Dear {name},\n\nyour policy is cancelled at the end of what is paid for.",
                "Guten Tag {name},\n\nIhre Police ist zum Ende des bezahlten Zeitraums gekündigt.",
            ),
            _said(
                "Dear {name},\n\nwe can't cancel your policy now. {reason}",
                "Guten Tag {name},\n\nwir können Ihre Police jetzt nicht kündigen. {reason}",
            ),
        ),
        for_customers=True,
    )


def _renewal() -> Content:
    return Content(
        _said("Policy renewal", "Verlängerung einer Police"),
        (
            Field("policy", "text", _said("Number of the policy", "Nummer der Police"), is_required=True),
            Field("until", "date", _said("Until when?", "Bis wann?"), is_required=True),
        ),
        (_CHECKED, _DECIDED, _TOLD),
        reasons=(
            Reason(
                "risk",
                _said(
                    "The risk has changed: please ask for a new policy.",
                    "Das Risiko hat sich geändert: bitte beantragen Sie eine neue Police.",
                ),
            ),
        ),
        effects=(Effect("until", "field:policy_until"),),
        letters=_letters(
            _said("Dear {name},\n\nyour policy is renewed.", "Guten Tag {name},\n\nIhre Police ist verlängert."),
            _said(
                "Dear {name},\n\nwe can't renew your policy. {reason}",
                "Guten Tag {name},\n\nwir können Ihre Police nicht verlängern. {reason}",
            ),
        ),
        for_customers=True,
    )


def _account() -> Content:
    what = (
        Option("name", _said("Name", "Name")),
        Option("address", _said("Postal address", "Anschrift")),
        Option("bank", _said("Bank account", "Bankverbindung")),
    )
    return Content(
        _said("Account change", "Änderung von Angaben"),
        (
            Field("what", "choices", _said("What changes?", "Was ändert sich?"), is_required=True, options=what),
            Field(
                "new_name", "name", _said("New name", "Neuer Name"), is_required=True, when=Condition("what", ("name",))
            ),
            Field(
                "new_address",
                "text",
                _said("New address", "Neue Anschrift"),
                is_required=True,
                when=Condition("what", ("address",)),
            ),
            Field("new_bank", "text", _said("IBAN", "IBAN"), is_required=True, when=Condition("what", ("bank",))),
        ),
        (_CHECKED, _DECIDED, _TOLD),
        reasons=(Reason("proof", _said("We could not verify it.", "Wir konnten es nicht prüfen.")),),
        effects=(Effect("new_name", "name"), Effect("new_address", "postal"), Effect("new_bank", "bank")),
        letters=_letters(
            _said("Dear {name},\n\nyour details are changed.", "Guten Tag {name},\n\nIhre Angaben sind geändert."),
            _said(
                "Dear {name},\n\nwe could not change your details. {reason}",
                "Guten Tag {name},\n\nwir konnten Ihre Angaben nicht ändern. {reason}",
            ),
        ),
        for_customers=True,
    )
