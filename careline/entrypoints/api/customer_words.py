"""What goes wrong with customers, in the words of the API; and whom an old id names now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpResponse

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.commands.people import Gone
from careline.domain.customers.errors import CannotMerge, CannotUnmerge
from careline.domain.customers.rules.addresses import Unreachable
from careline.domain.desk.queries.api_customers import customer_row, merged_into
from careline.domain.desk.queries.customer_filter import BadFilter
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import PREFIX, Call
from careline.flows import change_customer
from careline.kit.typed_fields import BadDefinition


@contextmanager
def told(field: str = "value") -> Iterator[None]:
    """Refusals of the flows as problems; `field` is the one that a wrong address stands in."""
    try:
        yield
    except change_customer.Wrong as error:
        raise Wrong((error.field, str(error))) from error
    except Unreachable as error:
        raise Wrong((field, str(error))) from error
    except (BadDefinition, BadFilter) as error:
        raise Wrong((field, str(error))) from error
    except (CannotMerge, CannotUnmerge, Gone) as error:
        raise Refused(str(error)) from error


def seen(call: Call, key: int) -> Any:
    """The customer as the caller sees them. Raises NotFound, or Moved where they were merged."""
    found = customer_row(call.person, key)
    if found is not None:
        return found
    target = merged_into(call.person, key)
    if target is None:
        raise NotFound(f"There is no customer {key}.")
    raise Moved(key, target)


class Moved(Exception):
    """The customer was merged: another one answers."""

    def __init__(self, old: int, new: int) -> None:
        super().__init__(f"They were merged into {new}.")
        self.old, self.new = old, new


def elsewhere(call: Call, moved: Moved) -> HttpResponse:
    """RFC 9110 section 15.4.9: the same method goes to the customer whom this one was merged into."""
    rest = call.request.get_full_path()[len(f"{PREFIX}/customers/{moved.old}") :]
    return HttpResponse(status=308, headers={"Location": f"{PREFIX}/customers/{moved.new}{rest}"})
