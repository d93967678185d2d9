"""The page behind the links of a survey, for customers who need not sign in."""
