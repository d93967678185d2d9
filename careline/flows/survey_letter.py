"""The letter that asks: one question with a link for each answer, and a way to be asked no more. Links only open a page.

The case keeps the words without the links: whoever could read them there could answer in the customer's name. They are put in
when the letter leaves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from careline.domain.channels.adapter import Outgoing
from careline.domain.company.queries import languages, site_of
from careline.domain.forms.rules.content import words_in
from careline.domain.surveys.queries.invitations import invitation_by_id
from careline.domain.surveys.rules.content import Content, Question, content_from
from careline.domain.surveys.rules.links import token_of
from careline.flows.send_entry_link import pages_url
from careline.kit.keys import ring
from careline.kit.spoken import spoken


@dataclass(frozen=True, slots=True)
class Words:
    """A letter without its links, part by part."""

    subject: str
    intro: str
    question: str
    scale: str

    @property
    def text(self) -> str:
        return "\n\n".join(part for part in (self.intro, self.question, self.scale) if part)


def survey_words(content: Content, case: Any, *, language: str, otherwise: tuple[str, ...]) -> Words:
    with translation.override(spoken(language) or "en"):
        first = content.questions[0]
        intro = words_in(content.intro, language, otherwise=otherwise) or _(
            "You wrote to us about “%(subject)s” (number %(number)s)."
        ) % {"subject": case.subject or "–", "number": case.number}
        low, high = (words_in(words, language, otherwise=otherwise) for words in (first.low, first.high))
        scale = f"{first.scale[0]} = {low}\n{first.scale[-1]} = {high}" if first.scale and low and high else ""
        subject = _("A question about your request %(number)s") % {"number": case.number}
        return Words(subject, intro, words_in(first.label, language, otherwise=otherwise), scale)


def with_survey_links(outgoing: Outgoing, message: Any, case: Any) -> Outgoing:
    """The letter as it leaves."""
    invitation = invitation_by_id(int(message.data["survey"]))
    if invitation is None:
        return outgoing
    url = _url(case, token_of(invitation.id, ring=ring()))
    content, language = content_from(invitation.content), case.language or languages()[0]
    words = survey_words(content, case, language=language, otherwise=languages())
    with translation.override(spoken(language) or "en"):
        text, html = _linked(words, content.questions[0], url, language)
    return replace(outgoing, text=text, html=html, unsubscribe_url=f"{url}/stop")


def _url(case: Any, token: str) -> str:
    """Under the address of the case's brand."""
    site = site_of(case.brand_id)
    return f"{pages_url(site) if site else settings.PUBLIC_URL}/survey/{token}"


def _linked(words: Words, question: Question, url: str, language: str) -> tuple[str, str]:
    """No answer is made to look better than another one."""
    choices = _choices(question, language) or [("", _("Answer"))]
    links = [(f"{url}?answer={quote(code)}" if code else url, said) for code, said in choices]
    opens = _("Each link opens a page. Your answer counts when you confirm it there.")
    stop = _("If you do not want to be asked any more:")
    text = [words.text, "\n".join(f"{said}: {link}" for link, said in links), opens, f"{stop}\n{url}/stop"]
    buttons = " ".join(
        f'<a href="{escape(link)}">&nbsp;<strong>{escape(said)}</strong>&nbsp;</a>' for link, said in links
    )
    scale = escape(words.scale).replace("\n", "<br>")
    html = (
        f'<p dir="auto">{escape(words.intro)}</p><p dir="auto"><strong>{escape(words.question)}</strong></p><p>{buttons}</p>'
        f'<p dir="auto"><small>{scale}</small></p><p dir="auto"><small>{escape(opens)}</small></p>'
        f'<p dir="auto"><small><a href="{escape(url)}/stop">{escape(_("No more questions"))}</a></small></p>'
    )
    return "\n\n".join(text), html


def _choices(question: Question, language: str) -> list[tuple[str, str]]:
    if question.scale:
        return [(str(score), str(score)) for score in question.scale]
    return [(code, words_in(words, language) or code) for code, words in question.options]
