"""What a person wrote just now, told apart from the history below it and the signature.

Pure text in, pure text out. Every line that is not blank ends up in exactly one of visible, quoted and signature.
"""

from careline.domain.channels.email.visible.split import Split, split_text, split_visible

__all__ = ["Split", "split_text", "split_visible"]
