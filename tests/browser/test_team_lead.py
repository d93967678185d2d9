"""What whoever leads a team sets up without having read anything: a rule for their team, and hours of a day."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_lead_writes_a_rule_and_sees_before_which_cases_it_would_meet(sit_down: Callable[..., Page]) -> None:
    page = sit_down("ada")
    page.goto("/settings")
    page.get_by_role("link", name=re.compile("^Rules What")).click()
    page.get_by_role("link", name="Add a rule").first.click()
    page.get_by_role("textbox", name="Name").fill("Lawyers")
    page.get_by_label("A customer writes").check()
    page.get_by_role("button", name="Add a condition").first.click()
    page.get_by_label("What is asked").select_option(label="What was written")
    page.locator(".rule-row").first.get_by_placeholder("Several, parted by commas").fill("lawyer")
    page.get_by_label("What is done").select_option(label="Set the priority")
    expect(page.get_by_label("Tags", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Which cases?").click()
    expect(page.locator("#preview")).to_contain_text("It would have acted on no case in the last seven days.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("switch", name="Lawyers")).to_have_text("On")


def test_a_lead_types_hours_as_they_would_on_a_door_and_is_told_that_they_are_kept(
    sit_down: Callable[..., Page],
) -> None:
    page = sit_down("ada")
    page.goto("/settings/hours/new")
    page.get_by_role("textbox", name="Name").fill("Counter")
    page.get_by_label("Monday").fill("9-12, 13-18")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Monday")).to_have_value("09:00–12:00, 13:00–18:00")
    page.get_by_label("Monday").fill("nine to five 9")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Monday")).to_have_value("nine to five 9")
    page.get_by_label("Monday").fill("9-17")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
