"""Addresses of rows, exports, the outlook and the written report."""

from django.urls import URLPattern

from careline.entrypoints.web.exports import exports, outlook, rows, sendings, written
from careline.entrypoints.web.gate import staff

EXPORTS: list[URLPattern] = [
    staff("case-rows", rows.rows),
    staff("exports", exports.exports, post=exports.asked),
    staff("exports/<int:key>", exports.progress, delete=exports.dropped),
    staff("exports/<int:key>/file", exports.file),
    staff("forecast", outlook.outlook),
    staff("written-report", written.written),
    staff("written-report/pdf", written.pdf),
    staff("report-sendings", sendings.sendings, post=sendings.kept),
    staff("report-sendings/<int:key>", sendings.sendings, post=sendings.kept, delete=sendings.dropped),
]
