"""From the bytes of a file to an article: front matter, Markdown, pages, and what stands around the text of a story."""
