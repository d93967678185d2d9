"""Addresses of the widget's API: nouns only."""

from django.urls import URLPattern, path, re_path

from careline.entrypoints.api.widget import files, signs, talks
from careline.entrypoints.api.widget.door import nothing_here, room


def _nothing(call: object) -> object:
    raise nothing_here()


urlpatterns: list[URLPattern] = [
    path("sites/<str:token>", room(visitor=False, get=talks.site)),
    path("sites/<str:token>/visits", room(visitor=False, post=talks.visit)),
    path("threads", room(post=talks.begin)),
    path("thread", room(get=talks.thread)),
    path("thread/messages", room(post=talks.write)),
    path("thread/files", room(post=files.upload)),
    path("thread/files/<int:key>", room(get=files.download)),
    path("thread/typing", room(post=signs.typing)),
    path("thread/read", room(put=signs.read)),
    path("thread/pages", room(post=signs.page)),
    path("thread/rating", room(put=signs.rate)),
    path("thread/end", room(post=signs.end)),
    path("thread/transcript", room(put=signs.transcript)),
    re_path("", room(visitor=False, get=_nothing, post=_nothing, put=_nothing)),
]
