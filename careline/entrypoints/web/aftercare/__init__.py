"""Beside a case: what comes after the answer."""
