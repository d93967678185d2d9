"""What changes tiers, referrals and offers."""
