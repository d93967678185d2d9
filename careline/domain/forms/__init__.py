"""Forms customers write in by: fields, conditions, words in several languages."""
