"""What is known of surveys, invitations and answers."""
