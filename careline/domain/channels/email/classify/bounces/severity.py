"""Hard or soft: is the address itself dead, or did only this mail not get through?

Hard is what no later mail can get past: no such user, no such domain, moved, takes no mail. Soft is the rest: mailbox
full, policy, spam filters, size, greylisting, disabled accounts, networks. Where words say nothing, codes of RFC 3463
decide.
"""

from __future__ import annotations

import re

from careline.domain.channels.inbound import BounceClass

STATUS = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
REPLY_CODE = re.compile(r"(?<![\d.:\[-])(4[2-7]\d|5[0-7]\d)(?=[ \-:#,;)]|$)", re.MULTILINE)

_SOFT = (
    r"(?:mailbox|inbox|mail ?box|account|mail ?folder) (?:is |was |has been )?(?:full|over|frozen)",
    r"full mailbox|quota|storage",
    r"disk space|too much mail|size limit|too (?:big|large)",
    r"exceed(?:s|ed|ing)? .{0,40}(?:size|limit|maximum|allow)",
    r"gr[ea]ylist|try again|temporar|deferred|delayed|too many|rate.?limit|throttl|unusual rate|frozen",
    r"spam|block(?:ed|list)|black.?list|\brbl\b|unsolicited|reputation|policy|prohibited",
    r"dmarc|\bspf\b|dkim|authenticat|relay(?:ing)?\b|access denied|not (?:allowed|permitted|authori[sz]ed)",
    r"content (?:was )?reject|virus|infected|banned",
    r"sender (?:address )?(?:reject|verif|denied|unknown)|mail from",
    r"reverse dns|\bptr\b|unverifyable|does not resolve",
    r"couldn.t create|did not accept our requests|disabled|suspend",
    r"inactive|deactivated|discontinued|time[d]?.?out|refused",
    r"reset by|unreachable|busy|lookup fail|loop|too many hops",
    r"config(?:uration)? error|local error",
    r"not accept(?:ed|ing)? (?:mail )?(?:from|your)|permission|security|suspicious",
    r"message filter|domain.filter|\bfiltered|private|restricted|not listed in .{0,20}white",
    r"postfach (?:ist )?voll|überschritten|boîte .{0,20}pleine|buzón .{0,20}lleno|casella .{0,20}piena|cheia",
    r"переполнен|一杯|已满|超过",
)
_HARD = (
    r"(?:user|recipient|mailbox|account|address(?:ee)?|name)\s+(?:\w+\s+){0,3}?unknown",
    r"(?:user|recipient|mailbox|account|address(?:ee)?)\s+(?:\w+\s+){0,3}?not (?:known|found|exist|valid)",
    r"name (?:is )?not recogni[sz]ed|not (?:a )?recogni[sz]ed",
    r"unknown\s+(?:local[- ]?part|user|recipient|address|mailbox|account|domain|host)",
    r"(?:host|domain)\s+(?:name\s+)?(?:unknown|not found)",
    r"no such\s+(?:\w+\s+)?(?:user|mailbox|recipient|account|address|person|domain|host|name|local|here)",
    r"(?:does|do|did)(?:n.?t| not) (?:exist|have an? .{0,60}account)",
    r"no (?:valid )?(?:mailbox|account|recipient|user)s?\b",
    r"invalid (?:final delivery |local )?(?:mailbox|recipient|address|user)",
    r"not (?:a )?(?:valid|known) (?:user|recipient|mailbox|address)|wrong or no longer|null ?mx|recipnotfound",
    r"(?:was|were|is|be)(?:n.?t| not) (?:be )?found|not listed in|non existent|nonexist|unroute?able",
    r"(?:is |not )a (?:dead|valid) address",
    r"couldn.?t find (?:a|any) (?:mail exchanger|host)|mailbox unavailable",
    r"(?:does not|doesn.?t|never) (?:accept|receive)s? (?:e-?)?mail|has moved|moved to|bad destination",
    r"no longer (?:valid|exists?|here|works?|with)|not our customer|undeliverable address|not have a final",
    r"n.existe pas|inconnu|existiert nicht|unbekannt|no existe",
    r"desconocid|não existe|desconhecid|inesistente|sconosciut",
    r"не существует|не найден|存在しません|見つかりません|宛先不明|不存在",
)
_SAYS_SOFT = re.compile("|".join(_SOFT), re.IGNORECASE)
_SAYS_HARD = re.compile("|".join(_HARD), re.IGNORECASE)
_NOISE = re.compile(r"https?://\S+|<?[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+>?")
_GIVEN_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_HARD_STATUS = re.compile(r"5\.(?:1\.(?:0|1|2|3|4|6|10)|4\.4)$")
_SOFT_STATUS = re.compile(r"5\.(?:1\.[78]|2\.(?:0|[2-9]|\d\d+))$")
"""5.1.7 and 5.1.8 blame the sender's address; 5.2 says that the mailbox exists, but 5.2.1 is said of others too."""


def severity_of(status: str, *, reason: str, action: str = "", said_permanent: bool = False) -> BounceClass:
    """`action` is RFC 3464's word: failed, delayed … A temporary code beats every word; no word and no code is soft."""
    words = _NOISE.sub(" ", reason)
    if action == "delayed" or _is_temporary(status, words) or _SOFT_STATUS.match(status):
        return BounceClass.SOFT
    hard, soft = _SAYS_HARD.search(words), _SAYS_SOFT.search(words)
    if hard and soft:
        return BounceClass.SOFT if soft.start() < hard.start() else BounceClass.HARD
    unsaid = said_permanent and not (status or REPLY_CODE.search(words))
    return BounceClass.HARD if hard or (not soft and (unsaid or _HARD_STATUS.match(status))) else BounceClass.SOFT


def finer_status(status: str, *, reason: str) -> str:
    """The code in the server's words where the field says no more than "5.0.0"."""
    given = _GIVEN_STATUS.search(status)
    inside = STATUS.search(reason)
    if given and not (given[1].endswith(".0.0") and inside and inside[1][0] == given[1][0]):
        return given[1]
    return inside[1] if inside else ""


def _is_temporary(status: str, words: str) -> bool:
    if status:
        return status.startswith("4")
    code = REPLY_CODE.search(words)
    return bool(code and code[1].startswith("4"))
