"""What is known of service requests and their types."""
