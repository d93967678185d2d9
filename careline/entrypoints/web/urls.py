"""Addresses of the staff's screens: nouns only. What is not opened to everybody by name asks for sign-in."""

from django.urls import URLPattern

from careline.entrypoints.web import demo, search
from careline.entrypoints.web.access.urls import ACCESS
from careline.entrypoints.web.aftercare.urls import AFTERCARE
from careline.entrypoints.web.approvals.urls import APPROVALS
from careline.entrypoints.web.articles.urls import ARTICLES
from careline.entrypoints.web.case.urls import CASES
from careline.entrypoints.web.chats.urls import CHATS
from careline.entrypoints.web.complaints.urls import COMPLAINTS
from careline.entrypoints.web.customers.urls import CUSTOMERS
from careline.entrypoints.web.escalation.urls import ESCALATION
from careline.entrypoints.web.exports.urls import EXPORTS
from careline.entrypoints.web.feedback.urls import FEEDBACK
from careline.entrypoints.web.finding.urls import FINDING
from careline.entrypoints.web.followups.urls import FOLLOW_UPS
from careline.entrypoints.web.forms.urls import FORMS
from careline.entrypoints.web.gate import everybody, staff
from careline.entrypoints.web.guides.urls import GUIDES
from careline.entrypoints.web.inbox.urls import INBOX
from careline.entrypoints.web.keys.urls import KEYS
from careline.entrypoints.web.notices.urls import NOTICES
from careline.entrypoints.web.orders.urls import ORDERS
from careline.entrypoints.web.policies.urls import POLICIES
from careline.entrypoints.web.portal.urls import PORTAL
from careline.entrypoints.web.reports.urls import REPORTS
from careline.entrypoints.web.requests.urls import REQUESTS
from careline.entrypoints.web.routing.urls import ROUTING
from careline.entrypoints.web.rules.urls import RULES
from careline.entrypoints.web.selling.urls import SELLING
from careline.entrypoints.web.settings.urls import SETTINGS
from careline.entrypoints.web.shops.urls import SHOPS
from careline.entrypoints.web.sla.urls import PROMISES
from careline.entrypoints.web.subscriptions.urls import SUBSCRIPTIONS
from careline.entrypoints.web.surveys.urls import SURVEYS
from careline.entrypoints.web.wall.urls import WALL

urlpatterns: list[URLPattern] = [
    everybody("", demo.front_door),
    everybody("demo", demo.picker),
    everybody("demo/session", post=demo.entered),
    everybody("demo/letter", demo.letter_form, demo.letter_sent),
    staff("search", search.search),
    staff("search/suggestions", search.suggestions),
    staff("search/recent", delete=search.forgotten),
    *INBOX,
    *KEYS,
    *CASES,
    *CHATS,
    *CUSTOMERS,
    *PORTAL,
    *SELLING,
    *SHOPS,
    *ORDERS,
    *REQUESTS,
    *SUBSCRIPTIONS,
    *ROUTING,
    *ESCALATION,
    *APPROVALS,
    *COMPLAINTS,
    *POLICIES,
    *FORMS,
    *SURVEYS,
    *FOLLOW_UPS,
    *AFTERCARE,
    *FEEDBACK,
    *RULES,
    *ARTICLES,
    *GUIDES,
    *FINDING,
    *SETTINGS,
    *PROMISES,
    *WALL,
    *EXPORTS,
    *REPORTS,
    *NOTICES,
    *ACCESS,
]
