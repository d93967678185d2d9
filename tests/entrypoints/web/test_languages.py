"""Each reads in their own language: people in the one they chose, strangers in their browser's, else all in the company's."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation

from careline.domain.company.models import Company
from careline.entrypoints.web.words import moment_words, said, size_text
from careline.kit.spoken import spoken
from tests.world import World

HTML = re.compile(r'<html lang="([\w-]+)" dir="(\w+)"')


def _spoken_by(page: str) -> tuple[str, str]:
    return HTML.search(page).groups()  # type: ignore[union-attr, return-value]


def test_people_read_in_the_language_they_chose_whatever_their_browser_says(world: World, ada: Client) -> None:
    def chosen(language: str) -> str:
        kept = ada.post("/settings/me", {"name": "Ada Lindgren", "language": language, "time_zone": "Europe/Berlin"})
        assert kept.status_code == 302
        return ada.get("/settings/me", headers={"Accept-Language": "es"}).content.decode()

    shown = {language: chosen(language) for language in ("de", "ar", "")}
    assert {language: _spoken_by(page) for language, page in shown.items()} == {
        "de": ("de", "ltr"), "ar": ("ar", "rtl"), "": ("en", "ltr"),
    }  # fmt: skip
    assert '<h1 class="grow">Sie</h1>' in shown["de"]
    world.ada.refresh_from_db()
    assert (world.ada.name, world.ada.language, world.ada.time_zone) == ("Ada Lindgren", "", "Europe/Berlin")


def test_whoever_chose_none_reads_in_the_companys(world: World, ada: Client) -> None:
    Company.objects.update(languages=["de", "en"])
    assert _spoken_by(ada.get("/settings/me").content.decode()) == ("de", "ltr")


def test_what_is_no_language_or_time_zone_is_told_so_and_kept_as_it_was(world: World, ada: Client) -> None:
    refused = ada.post("/settings/me", {"name": "", "language": "xx", "time_zone": "Mars"})
    assert refused.status_code == 422
    assert refused.content.decode().count('class="error"') == 3
    before = world.ada.name
    world.ada.refresh_from_db()
    assert (world.ada.name, world.ada.language) == (before, "")


@pytest.mark.parametrize(
    ("accepted", "company", "expected"),
    [
        ("de-AT,de;q=0.9,en;q=0.5", ["en"], ("de", "ltr")),
        ("ar-EG", ["en"], ("ar", "rtl")),
        ("ja,fr;q=0.3", ["en"], ("fr", "ltr")),
        ("ja", ["es"], ("es", "ltr")),
        ("", ["de", "en"], ("de", "ltr")),
        ("ja", ["nl"], ("en", "ltr")),
        ("*;q=,,;", ["en"], ("en", "ltr")),
    ],
)
def test_strangers_read_in_their_browsers_language_else_in_the_companys(
    world: World, accepted: str, company: list[str], expected: tuple[str, str]
) -> None:
    Company.objects.update(languages=company)
    for address in ("/login", "/unsubscribe/none-of-ours"):
        page = Client().get(address, headers={"Accept-Language": accepted}).content.decode()
        assert _spoken_by(page) == expected, address


def test_a_language_of_a_country_is_spoken_as_the_language() -> None:
    assert [spoken(asked) for asked in ("de-CH", "DE", "ar", "pt-BR", "")] == ["de", "de", "ar", "", ""]


def test_dates_and_sizes_are_written_as_the_reader_writes_them() -> None:
    moment = datetime(2026, 3, 5, 9, 7, tzinfo=UTC)

    def written(language: str) -> tuple[str, str]:
        with translation.override(language):
            return moment_words(moment, at=moment + timedelta(days=60), zone=UTC), size_text(1_600_000)

    assert [written(language) for language in ("en", "de", "fr")] == [
        ("5 Mar 09:07", "1.5 MB"), ("5. März 09:07", "1,5 MB"), ("5 mars 09:07", "1,5 MB"),
    ]  # fmt: skip


def test_a_refusal_from_below_is_said_in_the_readers_language() -> None:
    with translation.override("de"):
        assert said(ValueError("The note is empty.")) == "Die Notiz ist leer."
        assert said(ValueError("There is no case 12.")) == "There is no case 12."
        assert said(ValueError()) == ""
