"""The pages of this room, for whoever may enter them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from careline.domain.reports.queries.reach import VERB as READS
from careline.domain.staff.rules import may
from careline.entrypoints.web.visit import Visit
from careline.flows.export_rows import VERB as EXPORTS
from careline.flows.send_report import VERB as SENDS


def tabs(visit: Visit, now: str) -> list[dict[str, object]]:
    """[{name, url, is_now}]."""
    pages = (
        ("/reports", _("Numbers"), READS),
        ("/written-report", _("Written report"), READS),
        ("/forecast", _("Outlook"), READS),
        ("/case-rows", _("Cases as rows"), EXPORTS),
        ("/exports", _("Exports"), EXPORTS),
        ("/report-sendings", _("Sent by mail"), SENDS),
    )
    return [{"name": name, "url": url, "is_now": url == now} for url, name, verb in pages if may(visit.person, verb)]
