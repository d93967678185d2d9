"""What can be wrong with a cluster: each message is one sentence that names the mend."""


class ClusterError(Exception):
    """The cluster cannot be used; the message may be shown as it is."""


class FolderInUse(ClusterError):
    """Another process holds the data folder."""


class FolderNotOurs(ClusterError):
    """The data folder belongs to another user, or cannot be written."""


class WrongMajor(ClusterError):
    """The cluster was made by another major version of PostgreSQL."""


class BinariesMissing(ClusterError):
    """The wheel that brings PostgreSQL is not installed or not complete."""


class StartFailed(ClusterError):
    """PostgreSQL did not start; the message quotes its own last words."""
