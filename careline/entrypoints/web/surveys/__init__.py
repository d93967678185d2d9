"""Surveys: what customers answered, and how surveys are set."""
