"""Addresses of the help centre. A language in an address is a code (en, pt-BR), so that no other word is taken for one."""

from django.urls import URLPattern, register_converter

from careline.entrypoints.portal.guest import customers
from careline.entrypoints.portal.help import listing, opinions, reading


class LanguageCode:
    regex = "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LanguageCode, "language")

HELP: list[URLPattern] = [
    customers("help", listing.front),
    customers("help/sitemap.xml", listing.site_map),
    customers("robots.txt", listing.robots),
    customers("help/pictures/<str:place>", reading.picture),
    customers("help/<language:language>", listing.front_in),
    customers("help/<language:language>/feed.xml", listing.feed),
    customers("help/<language:language>/c/<str:slug>", listing.shelf),
    customers("help/<language:language>/<str:slug>", reading.article),
    customers("help/<language:language>/<str:slug>/opinion", post=opinions.given),
    customers("help/<path:anything>", listing.nowhere),
]
