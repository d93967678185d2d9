"""Founds Northwind Bikes in a data folder, as `careline init` does: `python -m tests.faults.company FOLDER`.

Ada may do all; her token is the only line on stdout. Every first mail is acknowledged, by way of CARELINE_SMTP_URL.
"""

import sys
from datetime import UTC, datetime

from careline.entrypoints.console.datafolder import open_install

SUPPORT = "support@northwind.example"


def main(folder: str) -> None:
    with open_install(folder):
        print(found())


def found() -> str:
    from careline.domain.channels import commands as channels
    from careline.domain.company import commands as company
    from careline.domain.company.queries import default_brand
    from careline.domain.conversations.commands import labels
    from careline.domain.history.actor import SYSTEM
    from careline.domain.history.commands import make_months
    from careline.domain.staff import commands as staff

    at = datetime.now(UTC)
    make_months(at)
    staff.ensure_roles()
    labels.ensure_statuses()
    company.found("Northwind Bikes", languages=("en", "de"), by=SYSTEM, at=at)
    front = staff.add_team("Front", by=SYSTEM, at=at)
    ada = staff.add_agent(
        "ada@northwind.example", name="Ada", role="administrator", team_ids=(front.pk,), by=SYSTEM, at=at
    )
    settings = {"acknowledge": True}
    channels.add_channel(
        "email", name="Support", address=SUPPORT, brand_id=default_brand().pk, team_id=front.pk, settings=settings,
        by=SYSTEM, at=at,
    )  # fmt: skip
    return staff.issue_token(ada, by=SYSTEM, at=at)


if __name__ == "__main__":
    main(*sys.argv[1:])
