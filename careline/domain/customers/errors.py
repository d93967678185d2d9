"""Why customers can't be merged or parted."""


class CannotMerge(Exception):
    """Two who can't be merged, or not any more; the text is one sentence."""


class CannotUnmerge(Exception):
    """A merge that was taken back already."""
