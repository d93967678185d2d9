from careline.domain.loyalty.models.offers import Offer, Pair, Preference
from careline.domain.loyalty.models.referrals import Referral, ReferralCode
from careline.domain.loyalty.models.scheme import Scheme
from careline.domain.loyalty.models.tiers import Standing, Tier

__all__ = ["Offer", "Pair", "Preference", "Referral", "ReferralCode", "Scheme", "Standing", "Tier"]
