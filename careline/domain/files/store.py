"""The one store of this install, in the data folder."""

from functools import cache

from django.conf import settings

from careline.kit.storage import Store


@cache
def store() -> Store:
    return Store(settings.DATA / "files")
