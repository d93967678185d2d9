"""What customers ask for beside goods: a credit limit, a loan, changed details. They fill it in, hand in papers, and see where it stands."""
