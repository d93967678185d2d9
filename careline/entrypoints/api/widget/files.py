"""Files of visitors: taken in by size and by what they truly are; given out to those alone who may read their message."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.chats import commands as chats
from careline.domain.chats.queries import bytes_uploaded_since, file_for
from careline.domain.chats.rules.files import type_of
from careline.domain.conversations.rules.files import is_refused
from careline.domain.files.queries import content_of
from careline.entrypoints.api.widget.door import Call, address_of, nothing_here, refused
from careline.entrypoints.api.widget.limits import FILES, FILES_FROM
from careline.flows.uploaded import keep_upload

POLICY = "default-src 'none'; sandbox"
A_DAY, MOST_A_DAY = timedelta(days=1), 100 * 1024 * 1024


def upload(call: Call) -> Any:
    assert call.site is not None
    call.count(FILES, str(call.visitor.id))
    call.count(FILES_FROM, address_of(call.request))
    file = call.request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise refused(422, "Send one file, as the field file of a form.", "invalid")
    name = (file.name or "").replace("\\", "/").rpartition("/")[2].replace("\0", "")[:255] or "file"
    most = call.site.max_file_bytes
    if (file.size or 0) > most:
        words = _("%(name)s is larger than %(n)s MB.") % {"name": name, "n": most // 1024 // 1024}
        raise refused(413, words, "too_large")
    content = file.read()
    if not content:
        raise refused(422, _("%(name)s is empty.") % {"name": name}, "empty")
    said = (file.content_type or "").split(";")[0].strip().lower()
    media_type = type_of(content, name=name, said=said)
    if is_refused(name) or media_type is None:
        words = _("%(name)s is not what it says, or could run on a computer: it is not taken.") % {"name": name}
        raise refused(415, words, "refused_type")
    if bytes_uploaded_since(call.visitor.id, call.at - A_DAY) + len(content) > MOST_A_DAY:
        raise refused(413, _("That is more than can be sent in a day."), "too_much")
    digest = keep_upload(content, at=call.at)
    key = chats.keep_upload(
        call.visitor.id, digest=digest, name=name, media_type=media_type, size=len(content), at=call.at
    )
    return 201, {"id": str(key), "name": name, "size": len(content), "type": media_type}


def download(call: Call, key: int) -> Any:
    found = file_for(call.visitor, key)
    if found is None:
        raise nothing_here()
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content_of(found.digest), content_type=found.media_type, headers=headers)
