"""Finding an answer by oneself: the search of the help centre, and articles that forms and chat propose while somebody types."""
