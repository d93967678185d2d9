"""Mail fetched from a mailbox by IMAP (RFC 3501, IDLE of RFC 2177): each is handed on raw, and only then marked there.

Knows nothing of tables: where it stands in the mailbox is kept by a `Cursor`, how it fares is told by `Health`.
"""

from careline.domain.channels.email.imap.mailbox import ImapMailbox
from careline.domain.channels.email.imap.shape import Cursor, Health, ImapSettings, Position, State

__all__ = ["Cursor", "Health", "ImapMailbox", "ImapSettings", "Position", "State"]
