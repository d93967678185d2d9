"""Addresses found by their first word: the same pattern answers as when Django asks one after the other."""

import re

import pytest
from django.urls import URLPattern, path, re_path
from django.urls.exceptions import Resolver404

from careline.config.urls import urlpatterns
from careline.kit.directory import Directory, Shape, shape_of


def one(name: str) -> object:
    return lambda request: name


@pytest.mark.parametrize(
    ("pattern", "shape"),
    [
        (path("", one("")), Shape("", 0)),
        (path("inbox", one("")), Shape("inbox", 0)),
        (path("sw.js", one("")), Shape("sw.js", 0)),
        (path("cases/<int:number>/tags", one("")), Shape("cases", 2)),
        (path("cases/<int:number>/tags/<path:name>", one("")), Shape("cases", None)),
        (path("<slug:code>/help", one("")), Shape(None, 1)),
        (path("look-<slug:code>/help", one("")), Shape(None, 1)),
        (re_path(r"^cases/(?P<number>[0-9]{1,18})\Z", one("")), Shape("cases", 1)),
        (re_path(r"^words/(?P<language>[a-z]{2,3}(?:-[A-Z]{2}){0,2})/all\.json\Z", one("")), Shape("words", 2)),
        (re_path(r"^files/(?P<name>.+)\Z", one("")), Shape("files", None)),
        (re_path(r"^a.b/c\Z", one("")), Shape(None, None)),
        (re_path(r"^(a|b)/c\Z", one("")), Shape(None, None)),
        (re_path(r"^cases/c", one("")), Shape(None, None)),
        (re_path("", one("")), Shape(None, None)),
    ],
)
def test_what_all_addresses_of_a_pattern_have_in_common(pattern: URLPattern, shape: Shape) -> None:
    assert shape_of(pattern) == shape


def test_every_address_of_ours_leads_where_it_would_if_each_pattern_were_asked_in_turn() -> None:
    """Each pattern's own address, with keys and without, and longer by a part."""
    asked = 0
    for prefix in urlpatterns:
        directory = prefix if isinstance(prefix, Directory) else prefix.url_patterns[0]
        for pattern in directory.url_patterns:
            route = str(pattern.pattern).replace("^", "").replace(r"\Z", "")
            for place in {route, _filled(route, "7"), _filled(route, "a/b"), f"{_filled(route, '7')}/x"}:
                in_turn = ((one, found) for one in directory.url_patterns if (found := one.pattern.match(place)))
                assert _led(directory, place) == next(((one.callback, found[2]) for one, found in in_turn), None), place
                asked += 1
    assert asked > 2_000


def test_an_earlier_pattern_goes_before_a_later_one_whatever_they_begin_with() -> None:
    found = Directory([path("<slug:any>", first := one("any")), path("inbox", second := one("inbox"))])
    assert found.resolve("inbox").func is first
    assert Directory(found.url_patterns[::-1]).resolve("inbox").func is second


def test_nobody_answers_where_nothing_is() -> None:
    with pytest.raises(Resolver404):
        Directory([path("inbox", one(""))]).resolve("inbox/of/nobody")


def _filled(route: str, key: str) -> str:
    return re.sub(r"<[^>]*>|\(\?P(?:[^()]|\([^()]*\))*\)", key, route).replace("\\.", ".")


def _led(directory: Directory, place: str) -> tuple[object, dict[str, object]] | None:
    try:
        found = directory.resolve(place)
    except Resolver404:
        return None
    return found.func, found.kwargs
