"""Changes to surveys, invitations and answers."""
