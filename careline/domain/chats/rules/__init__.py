"""Decisions about chats: pure."""
