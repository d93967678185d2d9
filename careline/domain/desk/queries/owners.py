"""Whose something is now: the buyer, or whoever they were merged into."""

from __future__ import annotations

ROOT_OF_BUYER = """
JOIN customers_customer cu ON cu.id = CASE WHEN b.merged_into_id IS NULL THEN b.id ELSE (
    WITH RECURSIVE up (id) AS (SELECT b.merged_into_id UNION
        SELECT c.merged_into_id FROM customers_customer c JOIN up ON c.id = up.id WHERE c.merged_into_id IS NOT NULL)
    SELECT up.id FROM up JOIN customers_customer c ON c.id = up.id WHERE c.merged_into_id IS NULL) END
"""
"""Behind a join of the buyer as `b`: their customer of today as `cu`."""
