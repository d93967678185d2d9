"""Addresses of the staff's screens: nouns only."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
