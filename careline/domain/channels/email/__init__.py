"""Mail, all of it: adding another kind of channel begins with a look at `adapter.py`, which the rest of the house calls.

In, raw bytes to an `Inbound`: `parse.py` is the row of steps over a `Mail` (mail.py); the steps stand in `steps_*.py`,
`forwarded.py` and `authenticity.py`, and lean on three folders: `mime/` opens a mail, `visible/` parts new words from
quoted ones, `classify/` tells people from machines. `reading.py` makes the `Inbound`.

Out, an `Outgoing` to a server: `outgoing.py` writes the letter (compose/) and picks the way; `route.py` reads its settings;
`smtp.py` hands over on a connection of `smtp_connection.py`, `anymail.py` through a sending service; `sending.py` says
how it ended for each recipient.

Fetched: `fetching.py` reads the settings, `imap/` the mailbox. Both ways: `tokens.py` (what nobody else can forge),
`own.py` (what marks our own mail), `account.py` and `oauth.py` (logging in), `envelope.py`, `settings.py`, and
`checking.py`, by which the doctor tries both ways.
"""
