"""The chat widget's API, at /chat/v1: for browsers of visitors, who bring a token of their own and come from sites that are allowed."""
