"""What people may promise: limits of authority, company procedures as data, requests for a decision."""
