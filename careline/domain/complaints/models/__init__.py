"""Tables of the register: what is kept as data (rules, categories, causes, letters), complaints, what is mended after them."""

from careline.domain.complaints.models.book import Category, Cause, Letter, RuleSet
from careline.domain.complaints.models.complaints import Clock, Complaint, Entry
from careline.domain.complaints.models.mending import Correction

__all__ = ["Category", "Cause", "Clock", "Complaint", "Correction", "Entry", "Letter", "RuleSet"]
