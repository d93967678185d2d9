"""What customers are asked afterwards, and what they answered."""
