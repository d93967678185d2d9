"""Strangers' HTML made harmless (`sanitise`), HTML read as text (`text_of`), text written as HTML (`html_of`).

Knows nothing of mails or cases: a string goes in, a string comes out, and no input raises.
"""

from careline.kit.html.formatted import formatted
from careline.kit.html.plain import text_of
from careline.kit.html.safe import sanitise
from careline.kit.html.written import html_of

__all__ = ["formatted", "html_of", "sanitise", "text_of"]
