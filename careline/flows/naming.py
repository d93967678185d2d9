"""The name a message of ours bears in the outside world."""

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.email.tokens import message_id_for
from careline.kit.keys import ring


def external_id_for(message: int, channel: ChannelRow) -> str:
    """A Message-ID that nobody else can make, in the domain of the channel's address."""
    domain = channel.address.rpartition("@")[2] or "careline.invalid"
    return message_id_for(message, domain=domain, ring=ring())
