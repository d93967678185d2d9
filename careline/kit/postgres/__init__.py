"""An embedded PostgreSQL 18: one cluster in one folder, run by this process and ended with it.

Owns: the binaries (found in the installed wheel), the account they run under, the place and the lock of a cluster,
its start, recovery and stop. Words: a *folder* is the data folder a caller names; the *place* is where its cluster
really lies (inside the folder, or behind a pointer); the *cluster* is PostgreSQL's own data directory.
Must not know: what is stored, Django, any table.
"""

from careline.kit.postgres.attach import attach_or_start
from careline.kit.postgres.cluster import Cluster
from careline.kit.postgres.errors import ClusterError, FolderInUse
from careline.kit.postgres.lock import FolderLock

__all__ = ["Cluster", "ClusterError", "FolderInUse", "FolderLock", "attach_or_start"]
