"""What a customer is to the company: tier, referral code, offers and whether they want any. It reads orders from above."""
