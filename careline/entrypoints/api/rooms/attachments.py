"""Files: uploading one for a message to come, and fetching one of a message."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.messages import attachment as attachment_row
from careline.domain.files.queries import content_of
from careline.domain.staff.rules import Forbidden, Person, may
from careline.entrypoints.api.naming import key_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.messages import Uploaded, UploadQuery
from careline.entrypoints.api.uploads import content_id_of, id_of, upload_of
from careline.flows.uploaded import keep_upload

_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
_PLAIN = "application/octet-stream"
FILE_POLICY = "default-src 'none'; sandbox"


@route("POST", "/attachments", query=UploadQuery, answer=Uploaded, status=201, is_raw=True)
def upload(call: Call) -> Any:
    """Uploads a file for a message to come.

    A picture that is to stand in the text of a message is pointed at by `<img src="cid:CONTENT_ID">` in its `html`.
    Either `multipart/form-data` with the file in the field `file`, or the bytes themselves with their Content-Type and `?name=`.
    """
    if not (
        may(call.person, "conversation:reply")
        or may(call.person, "conversation:note")
        or may(call.person, "conversation:create")
    ):
        raise Forbidden("conversation:reply")
    content, name, media_type = _given(call)
    if not content:
        raise Wrong(("file", "The file is empty."))
    digest = keep_upload(content, at=call.at)
    key = id_of(digest, name=name, media_type=media_type, size=len(content), owner=call.person, at=call.at)
    return Created(f"/attachments/{key}", Uploaded(key, name, media_type, len(content), content_id_of(digest)))


@route("GET", "/attachments/{file}")
def attachment(call: Call) -> Any:
    """The bytes of a file: by the id a message gives, or by the one your upload gave."""
    digest, name, media_type = _found(call.path["file"], call.person)
    response = HttpResponse(content_of(digest), content_type=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _given(call: Call) -> tuple[bytes, str, str]:
    """Content, name and type of what was sent. Raises Wrong."""
    request: HttpRequest = call.request
    if request.content_type == "multipart/form-data":
        files = [file for _, many in request.FILES.lists() for file in many]
        if len(files) != 1:
            raise Wrong(("file", "Send exactly one file, in the field `file`."))
        file = files[0]
        return file.read(), _clean_name(call.query.name or file.name or ""), _clean_type(file.content_type)
    return request.body, _clean_name(call.query.name or ""), _clean_type(request.content_type)


def _found(words: str, person: Person) -> tuple[str, str, str]:
    key = key_of(words)
    if key is None:
        upload = upload_of(words)
        if upload is None or upload.owner != person.id:
            raise NotFound("There is no such file.")
        return upload.digest, upload.name, _clean_type(upload.type)
    row = attachment_row(key)
    if row is None:
        raise NotFound("There is no such file.")
    conversation_for(person, row.number)
    return row.digest, row.name, _clean_type(row.media_type)


def _clean_name(name: str) -> str:
    """The last part of a path, without what can't be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if sign.isprintable()).strip()
    return shown[:255] or "file"


def _clean_type(media_type: str | None) -> str:
    plain = (media_type or "").split(";")[0].strip().lower()
    return plain if _TYPE.fullmatch(plain) else _PLAIN
