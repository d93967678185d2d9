"""Selling from a case: a cart that reserves, a quote that is accepted, each thing once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from careline.domain.approvals.rules.limits import Limit
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import message_by_id
from careline.domain.history.actor import agent
from careline.domain.orders.commands import selling_carts, selling_quotes
from careline.domain.orders.queries.selling import cart_of_case
from careline.flows import quote_paper
from careline.flows.answer_quote import accept_quote, decline_quote
from careline.flows.decide_approval import decide_approval
from careline.flows.deliver import outgoing_of
from careline.flows.fill_cart import OutOfStock, drop_cart
from careline.flows.keep_limits import keep_limit
from careline.flows.quote import Quoting, change_quote, send_quote
from careline.kit import db
from careline.kit.typeset import CannotTypeset
from tests.flows.selling_desk import letters, place, put, quoted, refuses, selling_shop
from tests.shop import Shop, identify_carol, open_shop
from tests.world import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return selling_shop()


def test_a_cart_comes_to_the_cent_and_reserves_what_is_in_it(shop: Shop) -> None:
    cart = put(shop, units={shop.large: 2, shop.lock: 1}, discount=("percent", 100_000), shipping=0)
    # 140.00, 14.00 off, 5.00 shipping, 19 % on 131.00
    sums = cart.sums
    assert (sums.goods, sums.discount, sums.shipping, sums.tax, sums.total) == (14000, 1400, 500, 2489, 15589)
    assert (shop.stock(shop.large), shop.stock(shop.lock), cart.due_at) == (3, 1, NOON + timedelta(minutes=30))
    put(shop, units={shop.large: 1, shop.lock: 0})
    assert (shop.stock(shop.large), shop.stock(shop.lock)) == (4, 2)
    drop_cart(shop.ben, shop.world.case, by=shop.by, at=NOON)
    assert (shop.stock(shop.large), cart_of_case(cart.conversation)) == (5, None)


def test_what_is_not_there_is_said_with_what_else_is(shop: Shop) -> None:
    with pytest.raises(OutOfStock) as raised:
        put(shop, units={shop.small: 4})
    assert str(raised.value) == "Of Helmet (H-1-S) there are only 3. Also there: H-1-L (5)."
    assert (raised.value.left, shop.stock(shop.small), db.value("SELECT count(*) FROM orders_cart")) == (3, 3, 0)


def test_the_reservation_ends_at_its_moment_and_placing_takes_the_goods_anew(shop: Shop) -> None:
    put(shop, units={shop.lock: 2})
    assert (selling_carts.give_back_due(at=NOON + timedelta(minutes=29)), shop.stock(shop.lock)) == (0, 0)
    assert (selling_carts.give_back_due(at=NOON + timedelta(minutes=30)), shop.stock(shop.lock)) == (1, 2)
    assert selling_carts.give_back_due(at=NOON + timedelta(hours=9)) == 0
    sold = place(shop, "invoice")
    assert (sold.request, shop.stock(shop.lock)) == (None, 0)


def test_a_price_that_changed_in_between_is_never_taken_silently(shop: Shop) -> None:
    put(shop, units={shop.lock: 1})
    db.execute("UPDATE orders_variant SET price = 2500 WHERE id = %s", [shop.lock])
    refuses("price_changed", lambda: place(shop, "invoice"))
    refuses("price_changed", lambda: put(shop, units={shop.lock: 2}))
    assert put(shop, takes_today=True).sums.goods == 2500
    shop.order = place(shop, "invoice").order
    assert shop.row().total == 2975


def test_it_is_ordered_once_and_the_customer_hears_of_it_once(shop: Shop) -> None:
    cart = put(shop, units={shop.lock: 1}, address={"street": "Long Road 1", "city": "Berlin", "country": "DE"})
    before = len(letters())
    refuses("cart_changed", lambda: place(shop, "method", shop.card, seen=cart.version - 1))
    shop.order = place(shop, "method", shop.card, seen=cart.version).order
    with pytest.raises(NotFound):
        place(shop, "method", shop.card)
    assert (shop.row().total, shop.net_paid(), shop.stock(shop.lock)) == (2380, 2380, 1)
    said = letters()[before:]
    assert len(said) == 1
    assert f"#{shop.order}" in said[0] and "€23.80" in said[0] and "Long Road 1, Berlin, DE" in said[0]


def test_a_stored_way_to_pay_asks_for_an_identified_customer_and_an_invoice_does_not() -> None:
    shop = open_shop(is_identified=False)
    put(shop, units={shop.lock: 1})
    refuses("not_identified", lambda: place(shop, "method", shop.card))
    refuses(
        "balance_too_low",
        lambda: (put(shop, units={shop.large: 1}), identify_carol(shop), place(shop, "method", shop.gift)),
    )


def test_a_discount_over_the_limit_waits_and_is_ordered_once_somebody_agrees(shop: Shop) -> None:
    ada = shop.world.person(shop.world.ada)
    keep_limit(ada, Limit("discount", percent=Decimal(10), role="representative"), by=agent(ada.id), at=NOON)
    put(shop, units={shop.lock: 1}, discount=("percent", 100_000))
    assert place(shop, "invoice").request is None
    put(shop, units={shop.large: 1}, discount=("amount", 1000))
    asked = place(shop, "invoice")
    assert (asked.order, asked.request is not None) == ("", True)
    refuses("cart_waits", lambda: put(shop, units={shop.large: 2}))
    orders = db.value("SELECT count(*) FROM orders_order")
    assert decide_approval(ada, asked.request, "approve", by=agent(ada.id), at=NOON) == "approved"
    assert db.value("SELECT count(*) FROM orders_order") == orders + 1
    assert db.value("SELECT total FROM orders_order ORDER BY id DESC LIMIT 1") == 5950


def test_what_was_denied_is_open_again(shop: Shop) -> None:
    ada = shop.world.person(shop.world.ada)
    keep_limit(ada, Limit("discount", percent=Decimal(1), role="representative"), by=agent(ada.id), at=NOON)
    put(shop, units={shop.lock: 1}, discount=("percent", 500_000))
    asked = send_quote(shop.ben, shop.world.case, Quoting(), by=shop.by, at=NOON)
    assert asked.request is not None
    decide_approval(ada, asked.request, "deny", by=agent(ada.id), at=NOON)
    assert put(shop, discount=("percent", 0)).sums.discount == 0
    assert db.value("SELECT count(*) FROM orders_quote") == 0


def test_a_quote_that_somebody_agreed_to_leaves_with_its_words(shop: Shop) -> None:
    ada = shop.world.person(shop.world.ada)
    keep_limit(ada, Limit("discount", percent=Decimal(1), role="representative"), by=agent(ada.id), at=NOON)
    put(shop, units={shop.lock: 1}, discount=("percent", 500_000))
    asked = send_quote(shop.ben, shop.world.case, Quoting(words="As we said on the phone."), by=shop.by, at=NOON)
    assert letters() == []
    decide_approval(ada, asked.request or 0, "approve", by=agent(ada.id), at=NOON)
    assert ["As we said on the phone." in letter for letter in letters()] == [True]


def test_a_quote_keeps_its_price_and_is_accepted_once(shop: Shop) -> None:
    put(shop, units={shop.lock: 1})
    quote = quoted(shop)
    assert f"/quotes/{quote.token}" in letters()[-1]
    db.execute("UPDATE orders_variant SET price = 9900 WHERE id = %s", [shop.lock])
    at = NOON + timedelta(days=2)
    done = accept_quote(quote.token, at=at)
    assert accept_quote(quote.token, at=at) == done
    shop.order = done.order
    assert (shop.row().total, shop.stock(shop.lock), done.pay) == (2380, 1, "")
    refuses("quote_over", lambda: decline_quote(quote.token, reason="", at=at))


def test_a_quote_leaves_with_its_paper(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    put(shop, units={shop.lock: 1})
    quote = quoted(shop)
    case = conversation_by_number(shop.world.case)
    letter = message_by_id(db.value("SELECT max(id) FROM conversations_message WHERE kind = 'reply'"))
    (paper,) = outgoing_of(letter, case).files
    assert (paper.name, paper.media_type, paper.content[:5]) == (f"Q-{quote.number}.pdf", "application/pdf", b"%PDF-")

    def fails(*given: object, **more: object) -> bytes:
        raise CannotTypeset("It took longer than 20 s.")

    monkeypatch.setattr(quote_paper, "pdf_of", fails)
    assert (outgoing_of(letter, case).files, f"/quotes/{quote.token}" in letter.text) == ([], True)


def test_the_paper_of_a_quote_stands_on_its_case_as_it_left(
    shop: Shop, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shop, units={shop.lock: 1})
    quote = quoted(shop)
    client.force_login(shop.world.ben)
    page = client.get(f"/conversations/{shop.world.case}").content.decode()
    where = f"/sales/quotes/{quote.id}/paper"
    assert (f'href="{where}"' in page, f"Q-{quote.number}.pdf" in page) == (True, True)
    assert f'href="{where}"' in client.get(f"/conversations/{shop.world.case}/selling").content.decode()
    paper = client.get(where)
    assert (paper.status_code, paper.content[:5], paper["Content-Disposition"]) == (
        200,
        b"%PDF-",
        f'attachment; filename="Q-{quote.number}.pdf"',
    )
    token = {"Authorization": f"Bearer {shop.world.token_of(shop.world.ben)}"}
    again = client.get(f"/api/v1/quotes/{quote.id}/paper", headers=token)
    assert (again.status_code, again["Content-Type"], again.content[:5]) == (200, "application/pdf", b"%PDF-")

    def fails(*given: object, **more: object) -> bytes:
        raise CannotTypeset("It took longer than 20 s.")

    monkeypatch.setattr(quote_paper, "pdf_of", fails)
    away = client.get(f"/api/v1/quotes/{quote.id}/paper", headers=token)
    assert (away.status_code, away.json()["code"], client.get(where).status_code) == (503, "not_typeset", 503)


def test_a_changed_quote_is_a_new_version_and_the_old_link_says_so(shop: Shop) -> None:
    put(shop, units={shop.lock: 1})
    first = quoted(shop)
    change_quote(shop.ben, first.id, by=shop.by, at=NOON)
    assert shop.stock(shop.lock) == 1
    put(shop, units={shop.lock: 2})
    second = quoted(shop)
    assert (second.number - first.number, first.version, second.version) == (0, 1, 2)
    refuses("quote_replaced", lambda: accept_quote(first.token, at=NOON))
    assert shop.stock(shop.lock) == 0
    decline_quote(second.token, reason="Too dear", at=NOON)
    row = db.row("SELECT state, reason FROM orders_quote WHERE id = %s", [second.id])
    assert (tuple(row), shop.stock(shop.lock)) == (("declined", "Too dear"), 2)


def test_a_quote_is_accepted_while_it_is_being_changed(shop: Shop) -> None:
    put(shop, units={shop.lock: 2})
    quote = quoted(shop)
    change_quote(shop.ben, quote.id, by=shop.by, at=NOON)
    shop.order = accept_quote(quote.token, at=NOON).order
    assert (
        shop.row().total,
        shop.stock(shop.lock),
        db.value("SELECT count(*) FROM orders_cart WHERE state = 'open'"),
    ) == (4760, 0, 0)


def test_a_quote_ends_at_its_moment(shop: Shop) -> None:
    put(shop, units={shop.lock: 1})
    quote = quoted(shop)
    refuses("quote_over", lambda: accept_quote(quote.token, at=quote.valid_until))
    assert selling_quotes.expire_due_quotes(at=quote.valid_until) == 1
    row = db.row("SELECT state, decided_at FROM orders_quote WHERE id = %s", [quote.id])
    assert (tuple(row), shop.stock(shop.lock)) == (("expired", quote.valid_until), 2)
