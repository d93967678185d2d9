"""What a process that reads files of strangers may use."""

from __future__ import annotations


def limit_this_process(*, memory: int, cpu_seconds: int) -> None:
    """So many bytes of memory, so much time of a processor, no files of its own; more ends it."""
    try:
        import resource
    except ImportError:  # not on Windows: there the time alone is watched
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
