"""What each sees of a case under "my requests": docs/why/portal.md as a table."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from careline.domain.conversations.commands import cases as casework
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import message_by_id
from careline.domain.customers import commands as customers
from careline.domain.customers.commands.portal import entitle, set_rules
from careline.domain.customers.queries.portal import viewer_of, writers
from careline.domain.customers.rules.portal import PortalRules, Viewer
from careline.domain.desk.queries.portal import Asked, messages_of_request, request_of, requests_page
from careline.domain.files.store import store
from careline.domain.history.actor import SYSTEM, agent
from careline.flows import keep_portal
from careline.flows.deliver import outgoing_of
from careline.flows.merge import merge
from careline.flows.merge_customers import merge_customers
from careline.flows.note import note
from careline.flows.reply import Draft, reply
from careline.flows.unmerge_customers import unmerge_customers
from careline.flows.write_request import Said, write_request
from careline.kit import db
from tests.world import NOON, World, make_world, writes_in

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_one_sees_what_one_said_and_what_was_said_to_one(world: World) -> None:
    answered(world, "It left yesterday.")
    note(world.person(world.ben), world.case, text="She is impatient.", by=agent(world.ben.pk), at=LATER)
    answered(world, "Is it with you?", to=("supplier@example.org",))
    answered(world, "Look at this.", forward=True, to=("supplier@example.org",))
    held = reply(world.person(world.ben), world.case, Draft(text="Not yet gone"), by=agent(world.ben.pk), at=LATER)
    assert held.message
    assert seen(world, proven(world, "carol@example.com")) == {
        world.case: ["I ordered it a week ago.", "It left yesterday."]
    }


def test_an_address_counts_only_once_it_was_proven(world: World) -> None:
    assert seen(world, viewer(world.carol)) == {}


def test_cc_sees_what_was_addressed_to_them_and_bcc_nothing(world: World) -> None:
    answered(world, "For the two of you.", to=("carol@example.com",), cc=("dan@example.org",))
    answered(world, "For Carol alone.", to=("carol@example.com",), bcc=("erin@example.org",))
    dan, erin = proven(world, "dan@example.org"), proven(world, "erin@example.org")
    assert seen(world, dan) == {world.case: ["For the two of you."]}
    assert request_of(dan, world.case, brand=None).first_subject == "Re: Where is my bike?"  # type: ignore[union-attr]
    assert seen(world, erin) == {}
    assert seen(world, proven(world, "mallory@example.org")) == {}


def test_a_stranger_whom_nobody_admitted_sees_nothing(world: World) -> None:
    answered(world, "For the two of you.", to=("carol@example.com",), cc=("dan@example.org",))
    db.execute("UPDATE conversations_participant SET state = 'suggested' WHERE value = 'dan@example.org'")
    assert seen(world, proven(world, "dan@example.org")) == {}


def test_whoever_is_entitled_sees_their_colleagues_requests_and_others_do_not(world: World) -> None:
    firm = customers.add_organisation("Jensen & Co", domains=[], by=SYSTEM, at=NOON)
    boss, colleague = proven(world, "boss@example.com"), proven(world, "colleague@example.com")
    for key in (world.carol, boss.customer, colleague.customer):
        customers.change(key, organisation_id=firm.pk, by=SYSTEM, at=NOON)
    entitle(boss.customer, is_entitled=True, by=SYSTEM, at=NOON)
    answered(world, "It left yesterday.")
    answered(world, "Is it with you?", to=("supplier@example.org",))
    assert seen(world, viewer(boss.customer)) == {}
    assert seen(world, viewer(boss.customer), of_company=True) == {
        world.case: ["I ordered it a week ago.", "It left yesterday."]
    }
    assert seen(world, viewer(colleague.customer), of_company=True) == {}
    assert viewer(boss.customer, PortalRules(has_company_view=False)).organisation is None


def test_who_may_write_for_their_company_joins_the_request_they_write_in_also_once_they_were_merged(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    store.cache_clear()
    firm = customers.add_organisation("Jensen & Co", domains=[], by=SYSTEM, at=NOON)
    boss, other = proven(world, "boss@example.com"), proven(world, "boss.private@example.com")
    for key in (world.carol, boss.customer, other.customer):
        customers.change(key, organisation_id=firm.pk, by=SYSTEM, at=NOON)
    ada, by = world.person(world.ada), agent(world.ada.pk)
    keep_portal.entitle(ada, boss.customer, level="see", by=by, at=NOON)
    with pytest.raises(Refused):
        write_request(viewer(boss.customer), world.case, Said("Please hurry.", token="t1"), at=LATER)
    keep_portal.entitle(ada, boss.customer, level="write", by=by, at=NOON)
    keep_portal.entitle(ada, other.customer, level="see", by=by, at=NOON)
    merge_customers(ada, other.customer, merged=boss.customer, by=by, at=NOON)
    assert viewer(other.customer).writes
    assert write_request(viewer(other.customer), world.case, Said("Please hurry.", token="t1"), at=LATER) == world.case
    assert seen(world, viewer(other.customer), of_company=True)[world.case][-1] == "Please hurry."
    keep_portal.no_longer_entitle(ada, other.customer, by=by, at=NOON)
    assert (viewer(other.customer).writes, writers()) == (False, frozenset())
    store.cache_clear()


def test_whoever_goes_to_another_company_sees_nothing_of_it_before_somebody_says_so(world: World) -> None:
    first, second = (customers.add_organisation(name, domains=[], by=SYSTEM, at=NOON) for name in ("Jensen", "Olsen"))
    boss = proven(world, "boss@example.com").customer
    customers.change(boss, organisation_id=first.pk, by=SYSTEM, at=NOON)
    customers.change(world.carol, organisation_id=second.pk, by=SYSTEM, at=NOON)
    entitle(boss, is_entitled=True, by=SYSTEM, at=NOON)
    customers.change(boss, organisation_id=first.pk, name="Boss", by=SYSTEM, at=NOON)
    assert viewer(boss).organisation == first.pk
    customers.change(boss, organisation_id=second.pk, by=SYSTEM, at=NOON)
    assert (viewer(boss).organisation, seen(world, viewer(boss), of_company=True)) == (None, {})


def test_restricted_spam_and_other_brands(world: World) -> None:
    firm = customers.add_organisation("Jensen & Co", domains=[], by=SYSTEM, at=NOON)
    carol, boss = proven(world, "carol@example.com"), proven(world, "boss@example.com")
    for key in (world.carol, boss.customer):
        customers.change(key, organisation_id=firm.pk, by=SYSTEM, at=NOON)
    entitle(boss.customer, is_entitled=True, by=SYSTEM, at=NOON)
    boss, carol = viewer(boss.customer), viewer(carol.customer)
    found = []
    for change in ("restricted_to = ARRAY[1]::bigint[]", "restricted_to = NULL, is_spam = true", "is_spam = false"):
        db.execute(f"UPDATE conversations_conversation SET {change} WHERE number = %s", [world.case])
        found.append((list(seen(world, carol)), list(seen(world, boss, of_company=True))))
    assert found == [([world.case], []), ([world.case], []), ([world.case], [world.case])]
    assert request_of(carol, world.case, brand=world.mailbox.brand_id) is not None
    assert request_of(carol, world.case, brand=world.mailbox.brand_id + 1) is None


def test_a_brand_that_lets_nobody_in_is_not_seen_at_the_installs_address_either(world: World) -> None:
    carol, brand = proven(world, "carol@example.com"), world.mailbox.brand_id
    assert list(seen(world, carol)) == [world.case]
    set_rules(brand, rules=PortalRules(who="nobody"), by=SYSTEM, at=NOON)
    assert (seen(world, carol), request_of(carol, world.case, brand=None)) == ({}, None)


def test_colleagues_see_nothing_of_a_brand_without_the_view_of_the_company(world: World) -> None:
    firm = customers.add_organisation("Jensen & Co", domains=[], by=SYSTEM, at=NOON)
    boss = proven(world, "boss@example.com").customer
    for key in (world.carol, boss):
        customers.change(key, organisation_id=firm.pk, by=SYSTEM, at=NOON)
    entitle(boss, is_entitled=True, by=SYSTEM, at=NOON)
    by_the_installs_rules = viewer(boss)
    assert list(seen(world, by_the_installs_rules, of_company=True)) == [world.case]
    set_rules(world.mailbox.brand_id, rules=PortalRules(has_company_view=False), by=SYSTEM, at=NOON)
    assert seen(world, by_the_installs_rules, of_company=True) == {}


def test_a_merged_case_leads_to_where_it_stands_and_shows_each_their_own(world: World) -> None:
    other = writes_in("My bell", text="It is broken.", mailbox=world.mailbox, sender="dan@example.org", name="Dan")
    carol, dan = proven(world, "carol@example.com"), proven(world, "dan@example.org")
    merge(world.person(world.ada), world.case, into=other.number, by=agent(world.ada.pk), at=LATER)
    assert request_of(carol, world.case, brand=None).number == other.number  # type: ignore[union-attr]
    assert seen(world, carol) == {other.number: ["I ordered it a week ago."]}
    assert seen(world, dan) == {other.number: ["It is broken."]}


def test_two_customers_who_are_one_see_what_both_addresses_said_and_apart_again_their_own(world: World) -> None:
    other = writes_in(
        "My bell", text="It is broken.", mailbox=world.mailbox, sender="c.jensen@example.org", name="Carol J"
    )
    assert other.number is not None
    second = proven(world, "c.jensen@example.org")
    proven(world, "carol@example.com")
    ada, by = world.person(world.ada), agent(world.ada.pk)
    key = merge_customers(ada, world.carol, merged=second.customer, by=by, at=LATER)
    both = {world.case: ["I ordered it a week ago."], other.number: ["It is broken."]}
    assert seen(world, viewer(world.carol)) == both
    assert seen(world, viewer(second.customer)) == both
    unmerge_customers(ada, key, by=by, at=LATER)
    assert seen(world, viewer(world.carol)) == {world.case: ["I ordered it a week ago."]}
    assert seen(world, viewer(second.customer)) == {other.number: ["It is broken."]}


def test_a_number_that_is_not_theirs_is_as_one_that_is_not_there(world: World) -> None:
    mallory = proven(world, "mallory@example.org")
    assert [request_of(mallory, number, brand=None) for number in (world.case, 999_999)] == [None, None]


def test_the_list_is_read_by_words_state_and_page(world: World) -> None:
    second = writes_in("100% carbon", text="Is it?", mailbox=world.mailbox, at=LATER).number
    assert second is not None
    carol = proven(world, "carol@example.com")
    casework.resolve(casework.locked(conversation_by_number(world.case).id), by=SYSTEM, at=LATER)

    def numbers(**asked: Any) -> list[int]:
        return [row.number for row in requests_page(carol, Asked(**asked), brand=None)]

    assert numbers() == [second, world.case]
    assert (numbers(state="open"), numbers(state="closed")) == ([second], [world.case])
    assert (numbers(words="100%"), numbers(words="_00"), numbers(words=f"#{world.case}")) == (
        [second],
        [],
        [world.case],
    )
    assert (numbers(after=(LATER, second)), numbers(after=(NOON, world.case))) == ([world.case], [])


def seen(world: World, who: Viewer, *, of_company: bool = False) -> dict[int, list[str]]:
    """What stands in their list, and in each request the texts."""
    rows = requests_page(who, Asked(of_company=of_company), brand=None)
    return {row.number: [m.text for m in messages_of_request(who, row.id)] for row in rows}


def viewer(customer: int, rules: PortalRules | None = None) -> Viewer:
    found = viewer_of(customer, rules=rules or PortalRules())
    assert found is not None
    return found


def proven(world: World, address: str) -> Viewer:
    key = customers.known_by("email", address, name=address.partition("@")[0].title(), by=SYSTEM, at=NOON)
    customers.mark_verified("email", address, at=NOON)
    return viewer(key)


def answered(world: World, text: str, *, to: tuple[str, ...] = (), cc: tuple[str, ...] = (), bcc: tuple[str, ...] = (),
             forward: bool = False) -> None:  # fmt: skip
    from careline.domain.conversations.rules.recipients import Person

    people = {name: tuple(Person(value) for value in values) for name, values in (("to", to), ("cc", cc), ("bcc", bcc))}
    draft = Draft(text=text, is_forward=forward, **people)  # type: ignore[arg-type]
    made = reply(world.person(world.ben), world.case, draft, by=agent(world.ben.pk), at=LATER)
    db.execute("UPDATE conversations_delivery SET state = 'sent' WHERE message_id = %s", [made.message])


def test_answers_by_mail_lead_to_the_page_where_the_brand_wants_it(world: World) -> None:
    made = reply(world.person(world.ben), world.case, Draft(text="It left."), by=agent(world.ben.pk), at=LATER)
    case, message = conversation_by_number(world.case), message_by_id(made.message)
    before = outgoing_of(message, case).text
    set_rules(world.mailbox.brand_id, rules=PortalRules(links_in_mails=True), by=SYSTEM, at=NOON)
    link = f"See your request: {settings.PUBLIC_URL}/my/requests/{world.case}"
    assert outgoing_of(message, case).text == f"{before}\n\n{link}"
    assert link.rpartition("/")[2] in outgoing_of(message, case).html
    message.data["forward"] = True
    assert link not in outgoing_of(message, case).text
