"""What can be said of the figures: words, sentences, paragraphs, the way back to evidence."""
