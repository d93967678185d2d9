"""What is known of tiers, referrals and offers."""
