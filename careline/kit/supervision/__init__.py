"""Child processes that cannot outlive their parent, and a small tree of them that is kept alive.

Owns: how a child is started (children.py), how a tree of parts is started, restarted and stopped (tree.py).
Must not know what the parts do.
"""
