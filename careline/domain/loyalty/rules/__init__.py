"""Decisions about tiers, referrals and offers, without tables."""
