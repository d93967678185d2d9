"""The address of what stands beside a case of what came after the answer."""

from django.urls import URLPattern

from careline.entrypoints.web.aftercare import beside
from careline.entrypoints.web.gate import staff

AFTERCARE: list[URLPattern] = [staff("conversations/<int:number>/aftercare", beside.of_case)]
