"""Addresses of the customers' pages. Each room has a urls.py with a list of its own, in one line here."""

from django.urls import URLPattern, path

from careline.entrypoints.portal import look, unsubscribing
from careline.entrypoints.portal.asking.urls import ASKING
from careline.entrypoints.portal.finding.urls import FINDING
from careline.entrypoints.portal.forms.urls import FORMS
from careline.entrypoints.portal.guest import customers
from careline.entrypoints.portal.guides.urls import GUIDES
from careline.entrypoints.portal.help.urls import HELP
from careline.entrypoints.portal.pay.urls import PAY
from careline.entrypoints.portal.requests.urls import REQUESTS
from careline.entrypoints.portal.surveys.urls import SURVEYS
from careline.entrypoints.portal.widget.urls import WIDGET

urlpatterns: list[URLPattern] = [
    path("unsubscribe/<str:token>", unsubscribing.unsubscribing),
    customers("look/<str:colour>.css", look.colours),
    customers("look/logo/<str:digest>", look.logo),
    *ASKING,
    *FORMS,
    *GUIDES,
    *FINDING,
    *HELP,
    *PAY,
    *REQUESTS,
    *SURVEYS,
    *WIDGET,
]
