"""The chat on other people's pages: one script, made here of the modules and the sheet in `script/` and of the words in `words.py`.

Knows the server only through /chat/v1 and /help/suggestions (docs/reference/chat-widget.md), as any other page of the web would.
"""
