"""Surveys: questionnaires, invitations that need no sign-in, answers, and how often one person may be asked."""
