"""The ways in and out: mailboxes, lines, chat sites; and everything that ever came in, raw.

Owns channels and inbound rows; one folder per kind holds all of that kind. Its words: channel, adapter, inbound, spool.
It must not know of customers or cases.
"""
