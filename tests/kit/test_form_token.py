"""The token of a page's forms: what Django takes, and no two alike."""

from django.http import HttpRequest
from django.middleware.csrf import CSRF_SECRET_LENGTH, CSRF_TOKEN_LENGTH, _does_token_match

from careline.kit.form_token import SIGNS, get_token


def test_django_takes_the_token_for_the_browsers_own_secret() -> None:
    request = HttpRequest()
    request.META["CSRF_COOKIE"] = "a" * (CSRF_SECRET_LENGTH - 1) + "9"
    tokens = {get_token(request) for _ in range(50)}
    assert len(tokens) == 50
    assert {len(token) for token in tokens} == {CSRF_TOKEN_LENGTH}
    assert all(_does_token_match(token, request.META["CSRF_COOKIE"]) for token in tokens)
    assert not any(_does_token_match(token, "b" * CSRF_SECRET_LENGTH) for token in tokens)
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"] is True


def test_a_browser_without_a_secret_is_given_one() -> None:
    first, second = HttpRequest(), HttpRequest()
    token = get_token(first)
    get_token(second)
    assert _does_token_match(token, first.META["CSRF_COOKIE"])
    assert len(first.META["CSRF_COOKIE"]) == CSRF_SECRET_LENGTH
    assert first.META["CSRF_COOKIE"] != second.META["CSRF_COOKIE"]
    assert set(first.META["CSRF_COOKIE"]) <= set(SIGNS)
