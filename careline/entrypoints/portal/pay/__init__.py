"""What a customer was offered, and what they have to pay: pages that the token in their address opens."""
