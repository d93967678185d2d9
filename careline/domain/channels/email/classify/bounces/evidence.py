"""May this mail be a report of failure? The headers say so or not; where they are weak, the text must confirm it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from careline.domain.channels.email.classify.bounces.report import READ_LIMIT, Report
from careline.domain.channels.email.classify.senders import is_mail_system, is_null_sender, is_robot
from careline.domain.channels.email.mail import Mail

_SUBJECT = (
    r"failed mail|undeliver|non.?deliver",
    r"returned? (?:to sender|mail|e-?mail|message)|failure (?:notice|delivery)",
    r"delivery (?:status|fail|notif|report|problem|error|warning)|(?:permanent )?delivery failure",
    r"mail(?:er)? (?:system|delivery|failure|failed|error|could not)",
    r"(?:error|rejected) (?:mail|message|e-?mail)",
    r"(?:message|mail|e-?mail)[^\n]{0,40}(?:undeliver|(?:delivery|status) (?:has )?fail|not (?:be )?delivered)",
    r"(?:message|mail|e-?mail)[^\n]{0,40}(?:could not|returned|blocked)|(?:message|mail) status|user unknown",
    r"automatically rejected|processing error|notice: mail delivery",
    r"warning: (?:message|could not|\S+@\S+ - user unknown)",
    r"permanent (?:fatal )?(?:delivery )?(?:error|failure)",
    r"your message (?:to|could)|original message deleted|mdaemon",
    r"unzustellbar|nicht zugestellt|zustellung|non remis|non distribu|échec|message non|no se (?:ha )?pud[oe]",
    r"no entregado|não entregue|impossibile|mancato recapito|onbestelbaar|niet bezorgd|olevererbart|uleveret",
    r"ikke levert|niedostarcz|zwrot|nedoru|недоставлен|не доставлено|ваше сообщение не|配信不能|送信できません",
    r"未送达|退信|系統退信",
)
_FAILED = (
    r"\b[45]\.\d{1,3}\.\d{1,3}\b|(?<!\d)[45][0-5]\d[ -]",
    r"\b(?:un|non.?)?deliver|\bnot (?:be )?(?:sent|reach|found)",
    r"\bfail|\breject|\breturned|\bunknown|no such|quota|exceed|invalid|\berror|\bblocked|not reached|unable",
    r"not listed|does not exist|could not|couldn.t|able to deliver|not exactly|unrouteable",
    r"zugestellt|entregad|remis|distribu|доставлен|送信|配信|送达|退回",
)
_OF_MAIL_SERVERS = (
    r"(?:\b[45]\d\d[ -]|#|status:? ?|code:? ?)[45]\.[0-7]\.\d{1,3}(?![\d.])|mail delivery software|RCPT TO",
    r"delivery status notification|non-delivery report|smtp error|failed recipients?\b",
    r"(?<!\d)(?:4[25]\d|5[0-5]\d)[ -]\W{0,3}(?:user|unknown|mailbox|no such|recipient|address|relay|requested|invalid)",
    r"the following recipient|address(?:\(es\)|es)? failed|returned mail follows|could not be delivered to:\s*<?\S+@",
    r"could not be delivered to the following (?:address|recipient|user)",
)
_LIKE_MAIL_SERVERS = (
    *_OF_MAIL_SERVERS,
    r"(?<![\d.])[45]\.[0-7]\.\d{1,3}(?![\d.])|(?<!\d)(?:4[25]\d|5[0-5]\d)[ -]\S|(?:following|failed) address|undeliverable|permanent error",
)
_IS_SUBJECT = re.compile(r"\W*(?:\[?postmaster\]?\W+)?(?:" + "|".join(_SUBJECT) + ")", re.IGNORECASE)
_SAYS_FAILED = re.compile("|".join(_FAILED), re.IGNORECASE)
_SPEAKS_OF_SERVERS = re.compile("|".join(_OF_MAIL_SERVERS), re.IGNORECASE)
_MAY_SPEAK_OF_SERVERS = re.compile("|".join(_LIKE_MAIL_SERVERS), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    declared: bool
    """It calls itself a delivery report, or names failed recipients in a header."""
    holds_fields: bool
    """There is a delivery-status part somewhere: the mail's own, or of a report that somebody attached."""
    from_mail_system: bool
    null_sender: bool
    subject: bool
    robot: bool
    notification: bool

    @property
    def any(self) -> bool:
        return (
            self.declared
            or self.holds_fields
            or self.from_mail_system
            or self.null_sender
            or self.subject
            or self.robot
        )

    @property
    def reading(self) -> int:
        """Bytes worth reading: robots write much, and seldom of failure."""
        strong = self.declared or self.holds_fields or self.from_mail_system or self.null_sender or self.subject
        return READ_LIMIT if strong else 30_000

    @property
    def is_certain(self) -> bool:
        """A report even where nobody it names can be made out."""
        return self.declared or (self.from_mail_system and (self.subject or self.null_sender))

    def confirmed_by(self, report: Report) -> bool:
        """A subject alone is a customer whose parcel failed to arrive, until the text speaks of mail like a machine."""
        if self.declared:
            return True
        words = report.notice
        if not _SAYS_FAILED.search(words) and not (self.from_mail_system and report.returns_mail):
            return False
        if self.from_mail_system and (self.subject or self.null_sender or report.returns_mail):
            return True
        if self.from_mail_system or (self.null_sender and self.subject):
            return bool(_MAY_SPEAK_OF_SERVERS.search(words))
        return bool(_SPEAKS_OF_SERVERS.search(words)) and (self.subject or self.robot)


def evidence_in(mail: Mail) -> Evidence:
    kind = mail.header("Content-Type").lower()
    is_report = "multipart/report" in kind and "delivery-status" in kind
    return Evidence(
        declared=is_report or bool(mail.header("X-Failed-Recipients")),
        holds_fields=b"message/delivery-status" in mail.raw[:20_000].lower(),
        from_mail_system=is_mail_system(mail),
        null_sender=is_null_sender(mail),
        subject=bool(_IS_SUBJECT.match(mail.subject[:500])),
        robot=is_robot(mail),
        notification="amazonaws.com" in mail.sender.value,
    )
