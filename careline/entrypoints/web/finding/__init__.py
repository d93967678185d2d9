"""Finding: what customers look for in vain, articles put into answers, and articles made of solved cases."""
