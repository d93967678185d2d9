"""Addresses of the customers' pages."""

from django.urls import path

from careline.entrypoints.portal import unsubscribing

urlpatterns = [path("unsubscribe/<str:token>", unsubscribing.unsubscribing)]
