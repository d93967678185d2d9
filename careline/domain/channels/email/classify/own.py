"""`Own` lives one floor down, beside the mail that carries it."""

from careline.domain.channels.email.own import LOOP_HEADER, Own

__all__ = ["LOOP_HEADER", "Own"]
