"""The complaints register: what was expressed, its deadlines, cause, redress and corrective action."""
