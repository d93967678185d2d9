"""The doors of mail that this process keeps: LMTP where asked for, and every mailbox that is fetched."""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.conf import settings
from django.db import connection

from careline.domain.channels.adapter import ChannelRow, adapter_of
from careline.domain.channels.commands import note_health
from careline.domain.channels.queries import channels
from careline.entrypoints.worker import wakeup
from careline.kit import clock
from careline.kit.spool import Spool

log = logging.getLogger(__name__)
_LOOK_EVERY = 2.0


class Doors:
    """Starts a thread per channel that has a connection of its own; starts it anew when its settings change."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._spool = Spool(settings.DATA / "spool")
        self._running: dict[int, tuple[str, threading.Event, threading.Thread]] = {}

    def once(self) -> None:
        wanted = {channel.id: channel for channel in channels()}
        for key, (stamp, stop, thread) in list(self._running.items()):
            if key not in wanted or _stamp(wanted[key]) != stamp or not thread.is_alive():
                stop.set()
                del self._running[key]
        for key, channel in wanted.items():
            if key not in self._running:
                self._running[key] = self._start(channel)
        wakeup.pause(_LOOK_EVERY, stop=self._stop)
        if self._stop.is_set():
            for _, stop, _thread in self._running.values():
                stop.set()

    def _start(self, channel: ChannelRow) -> tuple[str, threading.Event, threading.Thread]:
        stop = threading.Event()
        thread = threading.Thread(target=self._keep, args=[channel, stop], name=f"door-{channel.id}", daemon=True)
        thread.start()
        return _stamp(channel), stop, thread

    def _keep(self, channel: ChannelRow, stop: threading.Event) -> None:
        try:
            adapter_of(channel.kind).run(
                channel,
                deliver=self._deliver,
                stop=stop,
                note_health=lambda health: note_health(channel.id, health),
                now=clock.now,
            )
            stop.wait()  # a kind without a connection of its own has nothing to keep
        except Exception:
            log.exception("The door of channel %s failed.", channel.id)
        finally:
            connection.close()

    def _deliver(self, raw: bytes, envelope: dict[str, Any]) -> None:
        self._spool.put(raw, envelope=envelope)


def _stamp(channel: ChannelRow) -> str:
    return repr((channel.settings, sorted(channel.secrets.items()), channel.address))
